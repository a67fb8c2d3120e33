package io.betrue.jobs.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobHandler;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Worker;
import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only PostgreSQL can do, with the engine where it takes one. */
class PostgresJobsIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    private static final JobType<String> NOTE =
            JobType.of("note", String.class).retries(Backoff.constant(Duration.ZERO), 3);
    private static HikariDataSource pool;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void openPool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(20);
        pool = new HikariDataSource(config);
        PostgresJobs.migrate(pool, "jobs");
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void closeAndEmpty() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        execute(
                "truncate jobs.job, jobs.job_delayed, jobs.job_finished, jobs.job_key, jobs.job_event, jobs.job_progress,"
                        + " jobs.queue, jobs.worker, jobs.schedule");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PostgresJobs jobs() {
        PostgresJobs jobs = PostgresJobs.create(pool, config -> {});
        open.add(jobs);
        return jobs;
    }

    private static Worker worker(PostgresJobs jobs, JobHandler<String> handler) {
        return jobs.worker(config -> config.handle(NOTE, handler).poll(ofSeconds(60)))
                .start();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void enqueuesInTheCallersTransaction() throws Exception {
        PostgresJobs jobs = jobs();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        worker(jobs, (context, note) -> ran.add(note));
        await(() -> !jobs.control().workers().isEmpty());
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            EnqueuedJob gone = jobs.in(connection).enqueue(NOTE, "rolled back");
            connection.rollback();
            assertThat(jobs.control().find(gone.id())).isEmpty();
            EnqueuedJob kept = jobs.in(connection).enqueue(NOTE, "committed");
            assertThat(ran.poll(100, TimeUnit.MILLISECONDS))
                    .as("before the commit")
                    .isNull();
            assertThat(jobs.control().find(kept.id())).isEmpty();
            connection.commit();
            assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("committed");
            connection.setAutoCommit(true);
        }
        Jdbi.create(pool).useTransaction(handle -> jobs.in(handle).enqueue(NOTE, "jdbi"));
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("jdbi");
    }

    @Test
    void doesNotHoldUpTheEndOfAJobWhoseKeyATransactionAskedFor() throws Exception {
        PostgresJobs jobs = jobs();
        JobRequest<String> once = JobRequest.of(NOTE, "x").uniqueKey("k");
        long id = jobs.enqueue(once).id();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(jobs.in(connection).enqueue(once)).isEqualTo(new EnqueuedJob(id, false));
            worker(jobs, (context, note) -> {});
            await(() -> jobs.control().find(id).orElseThrow().state() == JobState.SUCCEEDED);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void completesInTheCallersTransaction() throws Exception {
        execute("create table if not exists effects (note text)");
        PostgresJobs jobs = jobs();
        worker(jobs, (context, note) -> {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("insert into effects values ('" + note + "')");
                jobs.completeIn(connection, context);
                if (note.equals("fails") && context.attempt() == 1) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                    throw new IllegalStateException("after completeIn, before the commit");
                }
                connection.commit();
                connection.setAutoCommit(true);
            }
            throw new IllegalStateException("after the commit: changes nothing");
        });
        long plain = jobs.enqueue(NOTE, "plain").id();
        long fails = jobs.enqueue(NOTE, "fails").id();
        await(() -> List.of(plain, fails).stream()
                .allMatch(id -> jobs.control().find(id).orElseThrow().state() == JobState.SUCCEEDED));
        assertThat(jobs.control().find(plain).orElseThrow().attempt()).isEqualTo(1);
        assertThat(jobs.control().find(fails).orElseThrow().attempt()).isEqualTo(2);
        List<String> effects = Jdbi.create(pool)
                .withHandle(handle -> handle.createQuery("select note from effects order by 1")
                        .mapTo(String.class)
                        .list());
        assertThat(effects).containsExactly("fails", "plain");
    }

    @Test
    void refusesToCompleteWithoutTheLease() throws Exception {
        PostgresJobs jobs = jobs();
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        worker(jobs, (context, note) -> {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update jobs.job set lease = lease + 1 where id = " + context.id());
                jobs.completeIn(connection, context);
            } catch (JobException e) {
                thrown.add(e);
            }
        });
        jobs.enqueue(NOTE, "x");
        assertThat(thrown.poll(10, TimeUnit.SECONDS)).hasMessageContaining("another worker");
    }

    @Test
    void migratesTwiceAndByManyAtOnceIntoSchemasSideBySide() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(executor.submit(() -> PostgresJobs.migrate(pool, "other")));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
        PostgresJobs.migrate(pool, "other");
        PostgresJobs other = PostgresJobs.create(pool, config -> config.schema("other"));
        open.add(other);
        long id = other.enqueue(NOTE, "x").id();
        assertThat(other.control().find(id)).isPresent();
        assertThat(jobs().control().list(JobQuery.all())).isEmpty();
    }

    @Test
    void saysHowToMakeTablesThatAreNotThere() {
        PostgresJobs lost = PostgresJobs.create(pool, config -> config.schema("nowhere"));
        open.add(lost);
        assertThatThrownBy(() -> lost.enqueue(NOTE, "x"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("PostgresJobs.migrate");
        assertThatThrownBy(() -> PostgresJobs.create(pool, config -> config.schema("a;b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsJobsOfOthersByPollingAlone() throws Exception {
        PostgresJobs polling = PostgresJobs.create(pool, PostgresJobsConfig::pollOnly);
        open.add(polling);
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        polling.worker(config ->
                        config.handle(NOTE, (context, note) -> ran.add(note)).poll(ofMillis(100)))
                .start();
        await(() -> !polling.control().workers().isEmpty());
        jobs().enqueue(NOTE, "from elsewhere");
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("from elsewhere");
        polling.enqueue(JobRequest.of(NOTE, "later").in(ofMillis(50)));
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("later");
    }

    @Test
    void keepsListeningWhenItsConnectionsAreCut() throws Exception {
        PostgresJobs jobs = jobs();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        worker(jobs, (context, note) -> ran.add(note));
        jobs.enqueue(NOTE, "before");
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("before");
        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()");
        await(() -> {
            try {
                jobs.enqueue(NOTE, "after");
                return true;
            } catch (JobException e) {
                return false;
            }
        });
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("after");
    }

    @Test
    void prunesWhatHasBeenKeptLongEnough() throws Exception {
        PostgresJobs jobs = jobs();
        worker(jobs, (context, note) -> context.log("a line"));
        long old = jobs.enqueue(NOTE, "old").id();
        long young = jobs.enqueue(NOTE, "young").id();
        await(() -> List.of(old, young).stream()
                .allMatch(id -> jobs.control().find(id).orElseThrow().state() == JobState.SUCCEEDED));
        execute("update jobs.job_finished set finished_at = now() - interval '25 hours' where id = " + old);
        assertThat(jobs.control().prune()).isEqualTo(1);
        assertThat(jobs.control().find(old)).isEmpty();
        assertThat(jobs.control().events(old)).isEmpty();
        assertThat(jobs.control().find(young)).isPresent();
    }

    @Test
    void doesNotKeepWhatIsKeptForNoTime() throws Exception {
        PostgresJobs jobs = PostgresJobs.create(pool, config -> config.keep(JobState.SUCCEEDED, Duration.ZERO));
        open.add(jobs);
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        worker(jobs, (context, note) -> ran.add(note));
        long id = jobs.enqueue(NOTE, "x").id();
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("x");
        await(() -> jobs.control().find(id).isEmpty());
        assertThatThrownBy(() -> PostgresJobs.create(pool, config -> config.keep(JobState.QUEUED, ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant next(ScheduleInfo schedule) {
        return Objects.requireNonNull(schedule.next());
    }

    @Test
    void changesSchedulesAndKeepsTheirNextTick() throws Exception {
        PostgresJobs jobs = jobs();
        Schedule<String> nightly =
                Schedule.of("nightly", Cron.parse("0 3 * * *"), NOTE, "a").in(ZoneId.of("Europe/Berlin"));
        jobs.schedules().put(nightly);
        ScheduleInfo first = jobs.schedules().list().get(0);
        assertThat(next(first).atZone(ZoneId.of("Europe/Berlin")).getHour()).isEqualTo(3);
        execute("update jobs.schedule set next_at = next_at + interval '1 day'");
        Instant moved = jobs.schedules().list().get(0).next();
        jobs.schedules().put(nightly);
        jobs.schedules().put(nightly.onMisfire(Misfire.SKIP));
        assertThat(jobs.schedules().list().get(0).next())
                .as("the same expression")
                .isEqualTo(moved);
        assertThat(jobs.schedules().list().get(0).misfire()).isEqualTo(Misfire.SKIP);
        jobs.schedules().put(Schedule.of("nightly", Cron.parse("0 4 * * *"), NOTE, "a"));
        assertThat(jobs.schedules().list().get(0).next()).isNotEqualTo(moved);
        assertThat(jobs.schedules().pause("nightly")).isTrue();
        assertThat(jobs.schedules().list().get(0).paused()).isTrue();
        assertThat(jobs.schedules().resume("nightly")).isTrue();
        assertThat(jobs.schedules().remove("nightly")).isTrue();
        assertThat(jobs.schedules().remove("nightly")).isFalse();
        assertThat(jobs.schedules().pause("nightly")).isFalse();
    }

    @Test
    void enqueuesMissedTicksAsThePolicySays() throws Exception {
        PostgresJobs jobs = jobs();
        int farHour = (Instant.now().atZone(ZoneId.of("UTC")).getHour() + 12) % 24;
        for (Misfire misfire : Misfire.values()) {
            jobs.schedules()
                    .put(Schedule.of(misfire.name(), Cron.parse("0 " + farHour + " * * *"), NOTE, misfire.name())
                            .onMisfire(misfire));
        }
        execute("update jobs.schedule set next_at = next_at - interval '5 days 1 minute'");
        List<Worker> workers = List.of(worker(jobs, (context, note) -> {}), worker(jobs, (context, note) -> {}));
        await(() -> jobs.schedules().list().stream()
                .allMatch(schedule -> next(schedule).isAfter(Instant.now())));
        workers.forEach(Worker::close);
        List<String> payloads = jobs.control().list(JobQuery.all()).stream()
                .map(JobInfo::payload)
                .toList();
        assertThat(payloads).filteredOn(payload -> payload.contains("ONE")).hasSize(1);
        assertThat(payloads).filteredOn(payload -> payload.contains("SKIP")).isEmpty();
        assertThat(payloads).filteredOn(payload -> payload.contains("ALL")).hasSize(6);
    }
}
