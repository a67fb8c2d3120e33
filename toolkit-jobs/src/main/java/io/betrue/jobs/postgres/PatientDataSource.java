package io.betrue.jobs.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Asks five times a second for a database that has gone away, for up to ten seconds, so that a pool over it has connections as soon as the database is back.
 * HikariCP by itself waits up to five seconds between two tries. Until a first connection was made it does not wait: a wrong address fails at once.
 *
 * <p>It is for under the pool, {@code hikariConfig.setDataSource(new PatientDataSource(source))}, not for over it. Safe for use by multiple threads if the
 * other source is.
 */
public final class PatientDataSource implements DataSource {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DataSource source;
    private volatile boolean known;

    /**
     * Puts patience over a source.
     *
     * @param source makes connections to PostgreSQL; no pool
     */
    public PatientDataSource(DataSource source) {
        this.source = source;
    }

    @FunctionalInterface
    private interface Connect {
        Connection connect() throws SQLException;
    }

    /**
     * Connects, as soon as the database lets it.
     *
     * @throws SQLException if the database stays away for ten seconds, or refuses
     */
    @Override
    public Connection getConnection() throws SQLException {
        return patiently(source::getConnection);
    }

    /**
     * Connects as a user, as soon as the database lets it.
     *
     * @throws SQLException if the database stays away for ten seconds, or refuses
     */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return patiently(() -> source.getConnection(username, password));
    }

    private Connection patiently(Connect connect) throws SQLException {
        long began = System.nanoTime();
        while (true) {
            try {
                Connection connection = connect.connect();
                known = true;
                return connection;
            } catch (SQLException e) {
                if (!known
                        || !isAway(e)
                        || System.nanoTime() - began > LONGEST_NANOS
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
        }
    }

    /** Nobody answers at the address, or the server starts or stops. */
    private static boolean isAway(SQLException e) {
        return "08001".equals(e.getSQLState()) || "57P03".equals(e.getSQLState());
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(source) ? type.cast(source) : source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(source) || source.isWrapperFor(type);
    }
}
