package io.betrue.benchmarks.jobs.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobType;
import io.betrue.jobs.WorkerConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The jobs of all runs. Each attempt leaves a row in a table, in a transaction of its own, so that what happened is known whoever died. */
final class FaultJobs {
    private static final int ATTEMPTS = 200;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long TOLD_WITHIN_SECONDS = 20;
    private static final int MOST_TRIES = 20;

    /** A row for each attempt that began. */
    static final String TABLE = """
            create table ran (job bigint not null, lease bigint not null, attempt int not null, number int not null, worker text not null,
                at timestamptz not null default clock_timestamp(), due timestamptz, clock_millis bigint not null, returned timestamptz, told boolean)
            """;

    /** Leaves a row, and takes a while. */
    static final JobType<Work> WORK = type("work", Work.class);

    /** In the first attempt stays until its process has been stalled; in later ones ends soon. */
    static final JobType<Hold> HOLD = type("hold", Hold.class);

    /** Leaves a row that says when it was due. */
    static final JobType<Delayed> DELAYED = type("delayed", Delayed.class);

    private final String worker;
    private final DataSource dataSource;

    record Work(
            @JsonProperty("number") int number,
            @JsonProperty("millis") int millis) {}

    record Hold(
            @JsonProperty("number") int number,
            @JsonProperty("millis") int millis,
            @JsonProperty("laterMillis") int laterMillis,
            @JsonProperty("untilTold") boolean untilTold) {}

    record Delayed(
            @JsonProperty("number") int number,
            @JsonProperty("delayMillis") int delayMillis) {}

    FaultJobs(String worker, DataSource dataSource) {
        this.worker = worker;
        this.dataSource = dataSource;
    }

    private static <P> JobType<P> type(String name, Class<P> payload) {
        return JobType.of(name, payload)
                .retries(Backoff.constant(WAIT), ATTEMPTS)
                .timeout(Duration.ofMinutes(2));
    }

    void handlers(WorkerConfig config) {
        config.handle(WORK, (job, work) -> {
            began(job, work.number(), null);
            TimeUnit.MILLISECONDS.sleep(work.millis());
        });
        config.handle(HOLD, this::hold);
        config.handle(
                DELAYED,
                (job, delayed) -> began(
                        job,
                        delayed.number(),
                        job.enqueuedAt().plusMillis(delayed.delayMillis()).toString()));
    }

    private void hold(JobContext job, Hold hold) throws SQLException {
        CountDownLatch told = new CountDownLatch(1);
        job.onCancel(told::countDown);
        began(job, hold.number(), null);
        boolean first = job.attempt() == 1;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(first ? hold.millis() : hold.laterMillis());
        await(told, end);
        if (first && hold.untilTold()) {
            await(told, System.nanoTime() + TimeUnit.SECONDS.toNanos(TOLD_WITHIN_SECONDS));
        }
        job.result(worker);
        returned(job);
    }

    /** Waits until a time or until it is told, and takes no interrupt for an answer: this handler believes in its work. */
    private static void await(CountDownLatch told, long end) {
        while (true) {
            try {
                long left = end - System.nanoTime();
                if (left <= 0 || told.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                if (told.getCount() == 0) {
                    return;
                }
            }
        }
    }

    private void began(JobContext job, int number, @Nullable String due) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("insert into ran (job, lease, attempt, number,"
                                + " worker, due, clock_millis) values (?, ?, ?, ?, ?, ?::timestamptz, ?)")) {
            statement.setLong(1, job.id());
            statement.setLong(2, job.lease());
            statement.setInt(3, job.attempt());
            statement.setInt(4, number);
            statement.setString(5, worker);
            statement.setString(6, due);
            statement.setLong(7, Instant.now().toEpochMilli());
            statement.executeUpdate();
        }
    }

    /** Writes down that the handler comes to its end, however often it takes: an interrupt, or a pool that has no connection, must not stop it. */
    private void returned(JobContext job) throws SQLException {
        boolean told = job.isCancelled();
        for (int tries = 1; ; tries++) {
            Thread.interrupted();
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "update ran set returned = clock_timestamp(), told = ? where job = ? and lease = ?")) {
                statement.setBoolean(1, told);
                statement.setLong(2, job.id());
                statement.setLong(3, job.lease());
                statement.executeUpdate();
                return;
            } catch (SQLException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }
}
