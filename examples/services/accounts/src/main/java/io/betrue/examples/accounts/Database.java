package io.betrue.examples.accounts;

import io.betrue.errors.StandardError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/** Runs work in a database transaction, or a single look without one, with bounded waits. Safe for use by multiple threads. */
final class Database {
    /** Connection lost, rolled back, out of resources, shutting down, cancelled, lock not available, read-only standby. */
    private static final List<String> UNAVAILABLE =
            List.of("08", "40", "53", "57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03");

    private static final int STATEMENT_SECONDS = 5;

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
        return answer(() -> jdbi.inTransaction(handle -> {
            limitWaits(handle);
            return work.apply(handle);
        }));
    }

    /** Runs a single statement that only reads; the same as {@link #run}, for a third of the trips to the database. */
    <R> R read(Function<Handle, R> statement) {
        return answer(() -> jdbi.withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
            return statement.apply(handle);
        }));
    }

    private static <R> R answer(Supplier<R> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (!isUnavailable(e)) {
                throw e;
            }
            throw StandardError.UNAVAILABLE
                    .problem()
                    .detail("The accounts cannot be reached at the moment.")
                    .retryAfter(Duration.ofSeconds(1))
                    .cause(e)
                    .toException();
        }
    }

    /** Runs work that gives nothing, and commits; the same as {@link #run}. */
    void use(Consumer<Handle> work) {
        boolean unused = run(handle -> {
            work.accept(handle);
            return true;
        });
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
