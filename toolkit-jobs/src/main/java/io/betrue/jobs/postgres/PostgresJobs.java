package io.betrue.jobs.postgres;

/** Jobs kept in PostgreSQL. */
public final class PostgresJobs {
    private PostgresJobs() {}
}
