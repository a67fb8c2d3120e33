package io.betrue.jobs.postgres;

import io.betrue.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Borrows connections for as long as one piece of work takes, and gives them back as they came. Safe for use by multiple threads. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int TRIES = 5;

    private final Connections connections;
    private final Schema schema;

    Database(Connections connections, Schema schema) {
        this.connections = connections;
        this.schema = schema;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    Schema schema() {
        return schema;
    }

    String sql(String template) {
        return schema.sql(template);
    }

    /** Runs work that is one statement: without a transaction around it where the source allows that, which saves two round trips. */
    <T> T statement(String what, Work<T> work) {
        return repeat(what, false, work);
    }

    /** Runs work in a transaction. Work that collides with another is done again, so it must not keep anything in between. */
    <T> T transaction(String what, Work<T> work) {
        return repeat(what, true, work);
    }

    /** Runs a statement that must not stand in a transaction. */
    <T> T alone(String what, Work<T> work) {
        try (Connection connection = connections.borrow()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.with(connection);
            } finally {
                connection.setAutoCommit(auto);
            }
        } catch (SQLException e) {
            connections.failed(e);
            throw failure(what, e);
        }
    }

    private <T> T repeat(String what, boolean transaction, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(transaction, work);
            } catch (SQLException e) {
                connections.failed(e);
                if (attempt == TRIES || !isCollision(e)) {
                    throw failure(what, e);
                }
                LOG.debug("{} collided with another transaction, attempt {}", what, attempt, e);
            }
        }
    }

    private <T> T once(boolean transaction, Work<T> work) throws SQLException {
        try (Connection connection = connections.borrow()) {
            boolean auto = connection.getAutoCommit();
            if (auto && !transaction) {
                return work.with(connection);
            }
            if (auto) {
                connection.setAutoCommit(false);
            }
            boolean done = false;
            try {
                T result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                restore(connection, done, auto);
            }
        }
    }

    private static void restore(Connection connection, boolean done, boolean auto) {
        try {
            if (!done) {
                connection.rollback();
            }
            if (auto) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            LOG.debug("a connection is lost", e);
        }
    }

    /** A deadlock or a serialisation failure: nothing has happened, and the next try mostly succeeds. */
    private static boolean isCollision(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /** Says what failed without the values in it: these are in the cause, for whoever may see logs. */
    JobException failure(String what, SQLException e) {
        String state = e.getSQLState();
        String cure = "42P01".equals(state) || "3F000".equals(state) || "42883".equals(state) || "42703".equals(state)
                ? "; are the tables there, and up to date? PostgresJobs.migrate, or the command migrate, makes them"
                : "";
        return new JobException(
                what + " failed: PostgreSQL did not do it in schema " + schema.name() + " (SQLSTATE " + state + ')'
                        + cure,
                e);
    }
}
