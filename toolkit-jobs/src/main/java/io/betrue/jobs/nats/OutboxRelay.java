package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.Pauses;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that carries jobs from the outbox to NATS: rows are locked, handed over, and removed when NATS has acknowledged them. Outlives all failures. It
 * looks often for a while after this process has written to the outbox, since it cannot know when that is committed.
 */
final class OutboxRelay implements AutoCloseable {
    static final int BATCH = 500;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final long MOST_BYTES = 16_000_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STOPPING_MILLIS = 20_000;

    private final DataSource source;
    private final OutboxTables tables;
    private final OutboxSender sender;
    private final long poll;
    private final Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable String trouble;
    private long wait = SHORTEST_WAIT;

    OutboxRelay(DataSource source, OutboxTables tables, OutboxSender sender, Duration poll) {
        this.source = source;
        this.tables = tables;
        this.sender = sender;
        this.poll = poll.toNanos();
        this.thread = new Thread(this::run, "jobs-outbox-" + tables.schema().name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Hears that something will be committed soon. */
    void hint() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                step();
            }
        } catch (InterruptedException e) {
            LOG.debug("the relay of {} was interrupted", tables.schema().name());
        }
    }

    private void step() throws InterruptedException {
        try {
            int carried = carry();
            if (trouble != null) {
                LOG.info(
                        "The outbox in schema {} is handed to NATS again",
                        tables.schema().name());
                trouble = null;
            }
            pauses.reset();
            if (carried < BATCH) {
                rest(carried > 0);
            }
        } catch (SQLException e) {
            failed(tables.schema().failure("hand the outbox over", e));
        } catch (RuntimeException e) {
            failed(e);
        } catch (Error e) {
            LOG.error("The relay goes on after an error", e);
            failed(new IllegalStateException(e));
        }
    }

    /** Waits longer and longer, until something was carried or may come soon; never less than a moment, however much may come. */
    private void rest(boolean busy) throws InterruptedException {
        wait = busy ? SHORTEST_WAIT : Math.min(2 * wait, poll);
        if (stop.await(Math.min(SHORTEST_WAIT, wait), TimeUnit.NANOSECONDS)) {
            return;
        }
        if (bell.tryAcquire(Math.max(0, wait - SHORTEST_WAIT), TimeUnit.NANOSECONDS)) {
            bell.drainPermits();
            wait = SHORTEST_WAIT / 2;
        }
    }

    private void failed(RuntimeException failure) throws InterruptedException {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(trouble)) {
            LOG.warn(
                    "The outbox in schema {} cannot be handed to NATS, its jobs wait: {}",
                    tables.schema().name(),
                    reason);
        }
        LOG.debug("the relay failed with", failure);
        trouble = reason;
        if (stop.await(pauses.next().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("stopped in a pause");
        }
    }

    /** {@return how many rows were looked at} */
    private int carry() throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean auto = connection.getAutoCommit();
            boolean sound = false;
            try {
                connection.setAutoCommit(true);
                int carried = tables.isWaiting(connection) ? carry(connection) : 0;
                connection.setAutoCommit(auto);
                sound = true;
                return carried;
            } finally {
                if (!sound) {
                    giveUp(connection, auto);
                }
            }
        }
    }

    private int carry(Connection connection) throws SQLException {
        OutboxTables.Identity identity = tables.identity(connection);
        sender.register(identity);
        connection.setAutoCommit(false);
        List<OutboxRow> rows = tables.take(connection, BATCH, MOST_BYTES);
        OutboxSender.Outcome outcome = sender.send(identity, rows);
        tables.finish(connection, outcome.done, outcome.aside);
        connection.commit();
        JobException failure = outcome.trouble;
        if (failure != null) {
            connection.setAutoCommit(true);
            throw failure;
        }
        return rows.size();
    }

    private static void giveUp(Connection connection, boolean auto) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(auto);
        } catch (SQLException e) {
            LOG.debug("a connection is lost", e);
        }
    }

    /** Lets rows that are on their way arrive. */
    @Override
    public void close() {
        stop.countDown();
        bell.release();
        try {
            thread.join(STOPPING_MILLIS);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
