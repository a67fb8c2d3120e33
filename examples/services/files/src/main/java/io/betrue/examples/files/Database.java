package io.betrue.examples.files;

import io.betrue.errors.StandardError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Runs work in a database transaction with bounded waits. Safe for use by multiple threads. */
final class Database {
    /** Connection lost, rolled back, out of resources, shutting down, cancelled, lock not available, read-only standby. */
    private static final List<String> UNAVAILABLE =
            List.of("08", "40", "53", "57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03");

    private final Jdbi jdbi;

    Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /**
     * Runs work and commits.
     *
     * @throws io.betrue.errors.ProblemException with {@code UNAVAILABLE} if the database is not there or too busy, or
     *     whatever the work throws, after everything was rolled back
     */
    <R> R run(Function<Handle, R> work) {
        try {
            return jdbi.inTransaction(handle -> {
                limitWaits(handle);
                return work.apply(handle);
            });
        } catch (JdbiException e) {
            if (!isUnavailable(e)) {
                throw e;
            }
            throw StandardError.UNAVAILABLE
                    .problem()
                    .detail("Files cannot be reached at the moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .cause(e)
                    .toException();
        }
    }

    private static void limitWaits(Handle handle) {
        handle.createQuery("""
                        select set_config('statement_timeout', '5s', true), set_config('lock_timeout', '3s', true),
                               set_config('idle_in_transaction_session_timeout', '5s', true)""").mapTo(String.class).one();
    }

    private static boolean isUnavailable(JdbiException caught) {
        if (caught instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                return sql instanceof SQLTransientConnectionException
                        || UNAVAILABLE.stream().anyMatch(state::startsWith);
            }
        }
        return false;
    }
}
