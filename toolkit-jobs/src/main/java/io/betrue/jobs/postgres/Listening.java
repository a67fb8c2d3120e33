package io.betrue.jobs.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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

    private static final int ANSWER_MILLIS = 5_000;
    private static final long BETWEEN_QUESTIONS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final Schema schema;
    private final List<PostgresSession> sessions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private Duration wait = FIRST_WAIT;

    Listening(DataSource dataSource, Schema schema, List<PostgresSession> sessions) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.sessions = sessions;
        this.thread = new Thread(this::run, "jobs-" + schema.name() + "-listen");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (Connection connection = dataSource.getConnection()) {
                connected(connection);
            } catch (SQLException | RuntimeException e) {
                LOG.warn(
                        "listening on {} is interrupted, next try in {}; polling goes on: {}",
                        schema.channel(),
                        wait,
                        e.toString());
                LOG.debug("listening was interrupted by", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        } catch (InterruptedException e) {
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void connected(Connection connection) throws SQLException {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(true);
        boolean sound = false;
        try {
            execute(connection, "listen \"" + schema.channel() + '"');
            wait = FIRST_WAIT;
            sessions.forEach(session -> session.listener().wakeUpsLost());
            listen(connection);
            execute(connection, "unlisten \"" + schema.channel() + '"');
            connection.setAutoCommit(auto);
            sound = true;
        } finally {
            if (!sound) {
                connection.abort(Runnable::run);
            }
        }
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
                ask(connection);
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

    private static void ask(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        execute(connection, "select 1");
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
