package io.betrue.jobs.postgres;

import io.betrue.jobs.JobException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a busy process from notifying for each job: PostgreSQL commits notifying transactions one at a time. A queue's first wake-up goes with its job, the
 * next ones within 10 ms are put together into one that follows. Safe for use by multiple threads.
 */
final class Wakeups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MOST = 10_000;
    private static final String NOTIFY = "select pg_notify(?, 'q' || w.queue) from unnest(?::text[]) as w(queue)";

    private final Database database;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();

    Wakeups(Database database) {
        this.database = database;
        this.timer = new ScheduledThreadPoolExecutor(1, action -> {
            Thread thread = new Thread(action, "jobs-" + database.schema().name() + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRejectedExecutionHandler((action, closed) -> LOG.debug("closed before a wake-up"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** {@return those of the queues that are to be notified in the transaction that is about to begin} */
    synchronized List<String> first(Collection<String> queues) {
        long now = System.nanoTime();
        if (last.size() > MOST) {
            last.clear();
        }
        return queues.stream()
                .filter(queue -> {
                    Long before = last.get(queue);
                    if (before != null && now - before < QUIET) {
                        return false;
                    }
                    last.put(queue, now);
                    return true;
                })
                .toList();
    }

    /** Notifies queues a little later; said after the commit, or a worker might look too early and not again. */
    synchronized void later(Collection<String> queues) {
        boolean first = waiting.isEmpty();
        if (waiting.addAll(queues) && first) {
            after(Duration.ofNanos(QUIET), this::flush);
        }
    }

    /** Does something after a while, unless this is closed before. */
    void after(Duration wait, Runnable action) {
        if (timer.isShutdown()) {
            return;
        }
        Future<?> unused = timer.schedule(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException e) {
                        LOG.debug("a wake-up failed; polling makes up for it", e);
                    }
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void flush() {
        String[] queues;
        synchronized (this) {
            queues = waiting.toArray(new String[0]);
            waiting.clear();
            long now = System.nanoTime();
            for (String queue : queues) {
                last.put(queue, now);
            }
        }
        if (queues.length > 0) {
            database.statement(
                    "notify",
                    connection -> Rows.list(
                            connection, NOTIFY, row -> null, database.schema().channel(), queues));
        }
    }

    /** Lets listeners look up from their connections; says nothing. */
    void rouse() {
        try {
            database.statement(
                    "notify",
                    connection -> Rows.list(
                            connection,
                            "select pg_notify(?, '')",
                            row -> null,
                            database.schema().channel()));
        } catch (JobException e) {
            LOG.debug("nobody was roused", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            flush();
        } catch (JobException e) {
            LOG.debug("the last wake-up failed; polling makes up for it", e);
        }
    }
}
