package io.betrue.examples.wallet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the database answers, on a connection of its own, so that a busy pool is not taken for a dead server.
 *
 * <p>Safe for use by multiple threads: one asks, the others get the last answer.
 */
public final class DatabaseProbe implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MILLIS = 250;
    private static final int ATTEMPTS_PER_LOG_LINE = 20;

    private final DatabaseAddress address;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private volatile boolean answered;
    private volatile long askedAt = System.nanoTime() - FRESH_NANOS;

    /**
     * Prepares the probe; nothing is connected before it is first asked.
     *
     * @param address where the database is
     * @param name what the server calls the connection
     */
    public DatabaseProbe(DatabaseAddress address, String name) {
        this.name = name;
        this.address = address;
    }

    /** {@return whether the database answered when it was last asked, which is at most a second ago} */
    public boolean answers() {
        if (System.nanoTime() - askedAt >= FRESH_NANOS && lock.tryLock()) {
            try {
                ask();
                answered = true;
            } catch (SQLException e) {
                answered = false;
                forget();
            } finally {
                askedAt = System.nanoTime();
                lock.unlock();
            }
        }
        return answered;
    }

    /**
     * Waits until the database answers.
     *
     * @param patience how long
     * @param cancelled whether nobody waits any more
     * @throws StartException if it does not, or says that it never will
     */
    public void await(Duration patience, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 0; !cancelled.getAsBoolean(); attempt++) {
            SQLException refusal = attempt();
            if (refusal == null) {
                return;
            }
            if (isFinal(refusal) || System.nanoTime() > deadline) {
                throw new StartException(
                        "the database " + address.shown() + " cannot be used (" + refusal.getMessage()
                                + "); check DATABASE_URL and that the server runs",
                        refusal);
            }
            if (attempt % ATTEMPTS_PER_LOG_LINE == 0) {
                log.warn("Waiting for the database {}: {}", address.shown(), refusal.getMessage());
            }
            pause();
        }
    }

    private @Nullable SQLException attempt() {
        lock.lock();
        try {
            ask();
            return null;
        } catch (SQLException e) {
            forget();
            return e;
        } finally {
            lock.unlock();
        }
    }

    /** A wrong password, user or database name does not get better by waiting. */
    private static boolean isFinal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("28") || state.equals("3D000");
    }

    private void ask() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = DriverManager.getConnection(address.jdbcUrl(), properties());
            connection = current;
        }
        if (!current.isValid(1)) {
            throw new SQLException("the connection is gone", "08006");
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (address.user() != null) {
            properties.setProperty("user", address.user());
        }
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        properties.setProperty("ApplicationName", name);
        properties.setProperty("loginTimeout", "1"); // seconds
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "1");
        return properties;
    }

    private void forget() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                log.debug("closing a broken connection", e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            forget();
            answered = false;
            askedAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }
}
