package io.betrue.jobs.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Borrows connections. Where one was cut, the others of its pool mostly were too, and a pool hands out without a look what was used a moment ago (HikariCP:
 * within half a second). So for a while each is asked a question first, and those that do not answer are given back. Safe for use by multiple threads.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long DOUBT = TimeUnit.SECONDS.toNanos(2);
    /** In a row; the caller then fails, and comes again after a pause. */
    private static final int MOST_DEAD = 10;

    private static final int ANSWER_MILLIS = 5_000;

    private final DataSource source;
    private volatile long lost = System.nanoTime() - DOUBT;

    Connections(DataSource source) {
        this.source = source;
    }

    /** {@return what borrows from a source: this one where it is the same, so that one's cut connections are the other's doubt} */
    Connections from(DataSource other) {
        return source.equals(other) ? this : new Connections(other);
    }

    /** {@return a connection, which is the caller's to close} */
    Connection borrow() throws SQLException {
        for (int dead = 1; ; dead++) {
            Connection connection = source.getConnection();
            if (System.nanoTime() - lost > DOUBT) {
                return connection;
            }
            try {
                briefly(connection, "select 1");
                return connection;
            } catch (SQLException e) {
                close(connection);
                if (!isLoss(e) || dead == MOST_DEAD) {
                    throw e;
                }
                lost = System.nanoTime();
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a dead connection", e);
        }
    }

    /** Does something that takes no time, so that silence means that nobody is there any more. */
    static void briefly(Connection connection, String sql) throws SQLException {
        int patience = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        connection.setNetworkTimeout(Runnable::run, patience);
    }

    /** Hears that something failed. */
    void failed(SQLException failure) {
        if (isLoss(failure)) {
            lost = System.nanoTime();
        }
    }

    /** Whether the connection is gone (class 08), or the server ended it: it shuts down, has crashed, or was told to (57P0x). */
    static boolean isLoss(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }
}
