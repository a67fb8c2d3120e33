package io.betrue.jobs.postgres;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A worker in a process of its own, for harm to be done to: arguments are the address of the database and a name. It ends in order when its input ends. */
final class WorkerProcess implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofMillis(500);
    static final int SLOTS = 4;
    static final String TABLE = "create table ran (job bigint, lease bigint, told boolean not null default false)";
    static final String BEGAN = "insert into ran (job, lease) values (?, ?)";
    /** Leaves a row, and takes as many milliseconds. */
    static final JobType<Integer> SHORT = type("short");
    /** Leaves a row and stays until it is told to end; then says so in its row, and ends well all the same. */
    static final JobType<Integer> STUBBORN = type("stubborn");

    private static final long PATIENCE_SECONDS = 60;
    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    private static JobType<Integer> type(String name) {
        return JobType.of(name, Integer.class).retries(Backoff.constant(Duration.ZERO), 10);
    }

    static void configure(WorkerConfig config, String name, DataSource source) {
        config.name(name)
                .heartbeat(HEARTBEAT)
                .queue("default", SLOTS)
                .handle(SHORT, (job, millis) -> {
                    write(source, BEGAN, job);
                    TimeUnit.MILLISECONDS.sleep(millis);
                })
                .handle(STUBBORN, (job, none) -> stay(job, name, source));
    }

    private static void stay(JobContext job, String name, DataSource source) throws SQLException {
        CountDownLatch told = new CountDownLatch(1);
        job.onCancel(told::countDown);
        write(source, BEGAN, job);
        job.result(name);
        while (told.getCount() > 0) {
            try {
                told.await();
            } catch (InterruptedException e) {
                // believes in its work; whether it was told is seen above
            }
        }
        Thread.interrupted();
        write(source, "update ran set told = true where job = ? and lease = ?", job);
    }

    static void write(DataSource source, String sql, JobContext job) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, job.id());
            statement.setLong(2, job.lease());
            statement.executeUpdate();
        }
    }

    public static void main(String[] arguments) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        source.setApplicationName(arguments[1]);
        try (PostgresJobs jobs = PostgresJobs.create(source, config -> {});
                Worker worker = jobs.worker(config -> configure(config, arguments[1], source))) {
            worker.start();
            while (System.in.read() >= 0) {
                // nothing is said
            }
        }
    }

    static WorkerProcess start(String jdbcUrl, String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName(),
                jdbcUrl,
                name);
        return new WorkerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Sends STOP, which nobody can catch, or CONT. */
    void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill -" + signal + " failed");
        }
    }

    /** Lets it end in order. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        await();
    }

    private void await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
