package io.betrue.jobs.events;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction, which begins when it is first asked for, and is undone unless it is committed. At READ COMMITTED, whatever the source's default: whoever
 * ends an event must see what others wrote while its handler ran. Used by one thread.
 */
final class Transaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private final DataSource source;
    private @Nullable Connection open;
    private boolean auto;
    private int isolation;
    private boolean committed;

    Transaction(DataSource source) {
        this.source = source;
    }

    Connection connection() throws SQLException {
        Connection connection = open;
        if (connection == null) {
            connection = source.getConnection();
            open = connection;
            auto = connection.getAutoCommit();
            isolation = connection.getTransactionIsolation();
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(false);
        }
        return connection;
    }

    void commit() throws SQLException {
        if (open != null) {
            open.commit();
        }
        committed = true;
    }

    /** Undoes what was not committed, and gives the connection back as it came. */
    @Override
    public void close() {
        if (open == null) {
            return;
        }
        try (Connection connection = open) {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(auto);
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            LOG.debug("a connection is lost", e);
        }
    }
}
