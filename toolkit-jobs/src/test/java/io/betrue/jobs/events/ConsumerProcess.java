package io.betrue.jobs.events;

import io.betrue.jobs.postgres.PostgresJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** A consumer in a process of its own, to be killed: the argument is the address of the database. */
final class ConsumerProcess implements AutoCloseable {
    static final String CONSUMER = "book";
    private static final long PATIENCE_SECONDS = 60;
    private final Process process;

    private ConsumerProcess(Process process) {
        this.process = process;
    }

    public static void main(String[] arguments) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        try (PostgresJobs jobs = PostgresJobs.create(source, config -> {});
                Events events = Events.create(
                        source, jobs, config -> config.worker(worker -> worker.heartbeat(Duration.ofMillis(500))))) {
            events.consumer(CONSUMER, EventsFixture.DEPOSITED, ConsumerProcess::effect);
            events.start();
            while (System.in.read() >= 0) {
                // nothing is said
            }
        }
    }

    /** Takes a while before and after what it writes, so that a kill finds it at either. */
    private static void effect(EventContext context, EventsFixture.Deposited event) {
        context.handle().execute("select pg_sleep(0.005)");
        EventsFixture.see(context, event);
        context.handle().execute("select pg_sleep(0.005)");
    }

    static ConsumerProcess start(String jdbcUrl) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ConsumerProcess.class.getName(),
                jdbcUrl);
        return new ConsumerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Sends KILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
