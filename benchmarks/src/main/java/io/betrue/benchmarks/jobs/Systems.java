package io.betrue.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The systems of a run, each with a database of its own on the one server. */
final class Systems implements AutoCloseable {
    /** Those of Java. */
    static final List<String> OF_JAVA = List.of(BeTrueJobs.NAME, DbSchedulerJobs.NAME, JobRunrJobs.NAME);

    /** All. */
    static final List<String> ALL = List.of(
            BeTrueJobs.NAME, BeTrueJobs.NO_HISTORY, DbSchedulerJobs.NAME, JobRunrJobs.NAME, GraphileWorkerJobs.NAME);

    private final BenchmarkPostgres postgres;
    private final List<JobSystem> opened = new ArrayList<>();

    Systems(BenchmarkPostgres postgres) {
        this.postgres = postgres;
    }

    /** Makes a database with the system's tables. */
    JobSystem open(String name) {
        return open(name, database(name));
    }

    /** Makes a database of another name with the system's tables. */
    JobSystem open(String name, String database) {
        postgres.execute("postgres", "create database " + database);
        JobSystem system = name.equals(GraphileWorkerJobs.NAME)
                ? new GraphileWorkerJobs(postgres.url(database))
                : ofJava(name, postgres.jdbcUrl(database));
        opened.add(system);
        system.setUp();
        return system;
    }

    List<JobSystem> openAll(List<String> names) {
        return names.stream().map(this::open).toList();
    }

    static JavaSystem ofJava(String name, String jdbcUrl) {
        return switch (name) {
            case BeTrueJobs.NAME, BeTrueJobs.NO_HISTORY -> new BeTrueJobs(name, jdbcUrl);
            case DbSchedulerJobs.NAME -> new DbSchedulerJobs(jdbcUrl);
            case JobRunrJobs.NAME -> new JobRunrJobs(jdbcUrl);
            default -> throw new IllegalArgumentException(name + " is none of " + ALL);
        };
    }

    static String database(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Leaves nothing to do for later: rows have statistics and no dead versions beside them, and pages are on disk. */
    void settle(String database) {
        postgres.execute(database, "vacuum (analyze)");
        postgres.execute("postgres", "checkpoint");
    }

    @Override
    public void close() {
        opened.forEach(JobSystem::close);
    }
}
