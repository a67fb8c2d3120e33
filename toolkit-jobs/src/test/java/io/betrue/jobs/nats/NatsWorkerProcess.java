package io.betrue.jobs.nats;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.nats.client.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own, for harm to be done to: arguments are the server's address, a namespace and a name. It ends in order when its input
 * ends. Handlers leave {@code ran.<id>.<attempt>.<name>} and {@code told.<id>.<attempt>.<name>} as keys of the bucket of that namespace and {@code -ran}.
 */
final class NatsWorkerProcess implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(1);
    static final Duration HEARTBEAT = Duration.ofMillis(300);
    static final int SLOTS = 4;
    /** Takes as many milliseconds. */
    static final JobType<Integer> SHORT = type("short", 10);
    /** Stays until it is told to end, and ends well all the same. */
    static final JobType<Integer> STUBBORN = type("stubborn", 10);
    /** Ends the process. */
    static final JobType<Integer> POISON = type("poison", 2);

    private static final long PATIENCE_SECONDS = 30;
    private final Process process;

    private NatsWorkerProcess(Process process) {
        this.process = process;
    }

    private static JobType<Integer> type(String name, int attempts) {
        return JobType.of(name, Integer.class).retries(Backoff.constant(Duration.ZERO), attempts);
    }

    static NatsJobs jobs(Connection connection, String namespace) {
        return NatsJobs.create(connection, config -> config.namespace(namespace).lease(LEASE));
    }

    static void configure(WorkerConfig config, String name, Bucket ran) {
        config.name(name)
                .heartbeat(HEARTBEAT)
                .queue("default", SLOTS)
                .handle(SHORT, (job, millis) -> {
                    leave("ran", job, name, ran);
                    TimeUnit.MILLISECONDS.sleep(millis);
                })
                .handle(STUBBORN, (job, none) -> stay(job, name, ran))
                .handle(POISON, (job, none) -> {
                    leave("ran", job, name, ran);
                    Runtime.getRuntime().halt(3);
                });
    }

    private static void stay(JobContext job, String name, Bucket ran) {
        CountDownLatch told = new CountDownLatch(1);
        job.onCancel(told::countDown);
        leave("ran", job, name, ran);
        job.result(name);
        while (told.getCount() > 0) {
            try {
                told.await();
            } catch (InterruptedException e) {
                // believes in its work; whether it was told is seen above
            }
        }
        Thread.interrupted();
        leave("told", job, name, ran);
    }

    static void leave(String what, JobContext job, String name, Bucket ran) {
        ran.put(what + '.' + job.id() + '.' + job.attempt() + '.' + name, new byte[0]);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Connection connection = QuietConnection.to(arguments[0]);
        Bucket ran = new Bucket(connection.keyValue(arguments[1] + "-ran"));
        try (NatsJobs jobs = jobs(connection, arguments[1]);
                Worker worker = jobs.worker(config -> configure(config, arguments[2], ran))) {
            worker.start();
            while (System.in.read() >= 0) {
                // nothing is said
            }
        }
        connection.close();
    }

    static NatsWorkerProcess start(String url, String namespace, String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NatsWorkerProcess.class.getName(),
                url,
                namespace,
                name);
        return new NatsWorkerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Sends STOP, which nobody can catch, or CONT. */
    void signal(String signal) throws IOException, InterruptedException {
        // the shell's own kill: a machine may have no program of that name
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + ' ' + process.pid()).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill -" + signal + " failed");
        }
    }

    /** Lets it end in order. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        await();
    }

    void await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
