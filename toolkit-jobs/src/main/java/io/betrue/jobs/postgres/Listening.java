package io.betrue.jobs.postgres;

import io.betrue.jobs.internal.Pauses;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that hears notifications, and comes back for ever. One that was cut off without a word is found by a question that stays unanswered. Safe for
 * use by multiple threads.
 */
final class Listening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    /** How long the thread sits in one read; closing waits at most so long. */
    private static final int READ_MILLIS = 500;

    private static final long BETWEEN_QUESTIONS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Connections connections;
    private final Schema schema;
    private final List<PostgresSession> sessions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    private int failures; // in a row

    Listening(Connections connections, Schema schema, List<PostgresSession> sessions) {
        this.connections = connections;
        this.schema = schema;
        this.sessions = sessions;
        this.thread = new Thread(this::run, "jobs-" + schema.name() + "-listen");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (Connection connection = connections.borrow()) {
                connected(connection);
            } catch (SQLException e) {
                connections.failed(e);
                failed(e);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /** A single cut is no news; that it does not come back is, once. */
    private void failed(Exception failure) {
        failures++;
        if (failures == 2) {
            LOG.warn(
                    "nobody listens on {}; polling goes on, and so do tries to listen: {}",
                    schema.channel(),
                    failure.toString());
        }
        LOG.debug("listening was interrupted by", failure);
        try {
            if (stop.await(pauses.next().toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("stopped in a pause");
            }
        } catch (InterruptedException e) {
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void connected(Connection connection) throws SQLException {
        boolean auto = connection.getAutoCommit();
        boolean sound = false;
        try {
            connection.setAutoCommit(true);
            Connections.briefly(connection, "listen \"" + schema.channel() + '"');
            heard();
            listen(connection);
            Connections.briefly(connection, "unlisten \"" + schema.channel() + '"');
            connection.setAutoCommit(auto);
            sound = true;
        } finally {
            if (!sound) {
                connection.abort(Runnable::run);
            }
        }
    }

    private void heard() {
        if (failures > 1) {
            LOG.info("listening on {} again", schema.channel());
        }
        failures = 0;
        pauses.reset();
        sessions.forEach(session -> session.listener().wakeUpsLost());
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        long asked = System.nanoTime();
        while (stop.getCount() > 0) {
            PGNotification[] heard = postgres.getNotifications(READ_MILLIS);
            if (heard != null) {
                tell(heard);
            }
            if (System.nanoTime() - asked > BETWEEN_QUESTIONS) {
                Connections.briefly(connection, "select 1");
                asked = System.nanoTime();
            }
        }
    }

    private void tell(PGNotification[] heard) {
        for (PGNotification notification : heard) {
            if (notification.getName().equals(schema.channel())) {
                sessions.forEach(session -> session.heard(notification.getParameter()));
            }
        }
    }

    /** Lets the thread end when it has heard something, or a read is over. */
    void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(2L * READ_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
