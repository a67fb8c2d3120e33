package io.betrue.jobs.postgres;

import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the dead rows that jobs leave behind: two each. PostgreSQL looks after tables once a minute, which at a thousand jobs a second is 120,000 rows late.
 * Takes at most a twentieth of the time; a role that may not do it leaves it to PostgreSQL. Safe for use by multiple threads.
 */
final class Vacuums {
    private static final Logger LOG = LoggerFactory.getLogger(Vacuums.class);
    private static final String PLAIN_WARNING = "01000";
    private static final String VACUUM = "vacuum (skip_locked, parallel 0) {s}.job";

    /** So many jobs are worth one. */
    static final int JOBS = 5_000;

    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long AFTER_REFUSAL_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int SHARE = 20;

    private final Database database;
    private final LongSupplier nanoTime;
    private long ended;
    private long next;

    Vacuums(Database database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong() + SHORTEST_NANOS;
    }

    /** {@return whether it is time, now that so many jobs more have ended} */
    synchronized boolean ended(int jobs) {
        ended += jobs;
        return isDue();
    }

    synchronized boolean isDue() {
        return ended >= JOBS && nanoTime.getAsLong() - next >= 0;
    }

    /** Removes dead rows, if it is time. */
    void run() {
        if (!isDue()) {
            return;
        }
        long began = nanoTime.getAsLong();
        long pause = AFTER_FAILURE_NANOS;
        try {
            boolean allowed = database.alone("vacuum", this::vacuum);
            pause = allowed ? Math.max(SHORTEST_NANOS, SHARE * (nanoTime.getAsLong() - began)) : AFTER_REFUSAL_NANOS;
        } catch (JobException e) {
            LOG.debug("dead rows are left to PostgreSQL for a minute", e);
        }
        synchronized (this) {
            ended = 0;
            next = nanoTime.getAsLong() + pause;
        }
    }

    /** A role that does not own the table gets no more than a warning, which the server logs too. */
    private boolean vacuum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(database.sql(VACUUM));
            SQLWarning warning = statement.getWarnings();
            return warning == null || !PLAIN_WARNING.equals(warning.getSQLState());
        }
    }
}
