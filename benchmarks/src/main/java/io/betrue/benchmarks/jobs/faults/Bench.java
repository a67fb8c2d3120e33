package io.betrue.benchmarks.jobs.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.benchmarks.jobs.BenchmarkPostgres;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.postgres.PostgresJobs;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A database with the tables of toolkit-jobs, jobs to put into it, questions to ask of it, and a verdict. */
final class Bench implements AutoCloseable {
    private static final String DATABASE = "faults";
    private static final int BATCH = 1_000;
    private static final int PAUSE_MILLIS = 50;

    final BenchmarkPostgres postgres;
    private final PrintStream out;
    private final HikariDataSource dataSource;
    final PostgresJobs jobs;
    private boolean good = true;

    Bench(BenchmarkPostgres postgres, PrintStream out) {
        this.postgres = postgres;
        this.out = out;
        postgres.execute("postgres", "create database " + DATABASE);
        postgres.execute(DATABASE, FaultJobs.TABLE);
        this.dataSource = FaultNode.dataSource(url(), "bench");
        this.jobs = PostgresJobs.create(dataSource, config -> {});
        PostgresJobs.migrate(dataSource, "jobs");
    }

    String url() {
        return postgres.jdbcUrl(DATABASE);
    }

    void execute(String sql) {
        postgres.execute(DATABASE, sql);
    }

    void enqueue(List<? extends JobRequest<?>> requests) {
        for (int from = 0; from < requests.size(); from += BATCH) {
            jobs.enqueueAll(requests.subList(from, Math.min(from + BATCH, requests.size())));
        }
    }

    /** {@return the first column of a query's answer} */
    List<Double> numbers(String query) {
        List<Double> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                numbers.add(rows.getDouble(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused \"" + query + "\": " + e.getMessage(), e);
        }
    }

    long number(String query) {
        return Math.round(numbers(query).get(0));
    }

    /** {@return the database's clock, in seconds} */
    double now() {
        return numbers("select extract(epoch from clock_timestamp())::float8").get(0);
    }

    void await(String what, long seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("after " + seconds + " s still not: " + what);
            }
            pause(PAUSE_MILLIS);
        }
    }

    void awaitNoJobs(long seconds) {
        await("every job has ended", seconds, () -> waiting() == 0);
    }

    long waiting() {
        return number("select (select count(*) from jobs.job) + (select count(*) from jobs.job_delayed)");
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
    }

    /** Prints a figure with what it must be. */
    void check(boolean holds, String format, Object... arguments) {
        good &= holds;
        say((holds ? "  holds  " : "  FAILS  ") + format, arguments);
    }

    boolean isGood() {
        return good;
    }

    /** Checks that this many jobs have succeeded, that each has left its row, and that each ended under the last lease it was given. */
    void checkNothingLost(int jobs) {
        long succeeded = number("select count(*) from jobs.job_finished where state = 'SUCCEEDED'");
        long other = number("select count(*) from jobs.job_finished where state <> 'SUCCEEDED'");
        check(
                succeeded == jobs && other == 0,
                "%,d of %,d jobs succeeded, %,d ended otherwise",
                succeeded,
                jobs,
                other);
        long ran = number("select count(distinct job) from ran");
        check(ran == jobs, "%,d of %,d jobs have left a row", ran, jobs);
        long wrong = number("select count(*) from jobs.job_finished f"
                + " where lease <> (select max(lease) from ran r where r.job = f.id)");
        check(wrong == 0, "%,d jobs ended under another lease than that of their last run", wrong);
    }

    @Override
    public void close() {
        jobs.close();
        dataSource.close();
    }
}
