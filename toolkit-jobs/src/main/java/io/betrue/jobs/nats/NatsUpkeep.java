package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.Agenda;
import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What any one worker must do for all, the leader: moves delayed jobs that are due, enqueues ticks, forgets workers that are silent, and keys that count no
 * longer. Safe for use by multiple threads.
 */
final class NatsUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsUpkeep.class);
    /** How long one run goes on before it lets its thread breathe. */
    private static final long LONGEST_RUN = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Duration CLOCK_KEPT = Duration.ofSeconds(10);

    private final NatsStore store;
    private final Agenda agenda;
    private final Leadership leadership;
    private final DueHeap heap = new DueHeap();
    private final LaterFeed feed;
    private final Mover mover;
    private final Consumer<String> follower = this::changed;
    private volatile boolean leading;
    private boolean closed;

    NatsUpkeep(NatsStore store, long worker, StoreListener listener) {
        this.store = store;
        this.agenda = new Agenda(listener);
        this.leadership = new Leadership(store, worker);
        this.feed = new LaterFeed(store.wire(), store.names(), heap, time -> agenda.due(until(time)));
        this.mover = new Mover(store, heap);
        store.roster().follow(follower);
    }

    private void changed(String key) {
        if (key.equals(Roster.LEADER) && !leading && !store.roster().isLed()) {
            agenda.due(Duration.ZERO);
        }
    }

    private Duration until(long time) {
        if (time == Long.MAX_VALUE) {
            return Leadership.RENEWAL;
        }
        return Duration.ofMillis(Math.max(0, time - store.clock().now().toEpochMilli()));
    }

    /** {@return when to be called again, at the latest} */
    synchronized Duration run() {
        agenda.begin();
        if (closed) {
            return agenda.next(Leadership.RENEWAL);
        }
        if (!store.clock().isFresh(CLOCK_KEPT)) {
            store.ids().tellTheTime();
        }
        leading = leadership.hold();
        if (!leading) {
            rest();
            return agenda.next(Leadership.RENEWAL);
        }
        return agenda.next(lead());
    }

    private Duration lead() {
        Parts parts = new Parts();
        long end = System.nanoTime() + LONGEST_RUN;
        parts.run(feed::keep);
        parts.run(() -> mover.run(end));
        parts.rethrow();
        Duration wait = until(heap.first());
        return wait.compareTo(Leadership.RENEWAL) < 0 ? wait : Leadership.RENEWAL;
    }

    /** Parts of which none keeps the others from running. */
    private static final class Parts {
        private @Nullable JobException first;

        void run(Runnable part) {
            try {
                part.run();
            } catch (JobException e) {
                if (first == null) {
                    first = e;
                } else {
                    LOG.debug("And something else failed", e);
                }
            }
        }

        void rethrow() {
            if (first != null) {
                throw first;
            }
        }
    }

    private void rest() {
        feed.close();
        mover.reset();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            leading = false;
            store.roster().unfollow(follower);
            rest();
            leadership.release();
        }
    }
}
