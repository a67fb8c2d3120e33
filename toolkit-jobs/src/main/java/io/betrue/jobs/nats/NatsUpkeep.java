package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.Agenda;
import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration BETWEEN_SWEEPS = Duration.ofMillis(300);

    private final NatsStore store;
    private final Agenda agenda;
    private final Leadership leadership;
    private final DueHeap heap = new DueHeap();
    private final LaterFeed feed;
    private final Rings rings;
    private final Mover mover;
    private final Ticks ticks;
    private final Silence silence;
    private final KeySweep sweep;
    private final Ghosts ghosts;
    private final Consumer<String> follower = this::changed;
    private volatile boolean leading;
    private long reconnects;
    private boolean closed;

    NatsUpkeep(NatsStore store, long worker, StoreListener listener) {
        this.store = store;
        this.agenda = new Agenda(listener);
        this.leadership = new Leadership(store, worker);
        this.feed = new LaterFeed(store, heap, time -> agenda.due(until(time)));
        this.mover = new Mover(store, heap, true);
        this.rings = new Rings(store, () -> agenda.due(Duration.ZERO));
        this.ticks = new Ticks(store);
        this.silence = new Silence(store, worker);
        this.sweep = new KeySweep(store);
        this.ghosts = new Ghosts(store);
        store.roster().follow(follower);
    }

    private void changed(String key) {
        if (key.startsWith(Roster.SCHEDULE)) {
            if (leading) {
                ticks.heard(key);
                agenda.due(Duration.ZERO);
            }
        } else if (key.equals(Roster.LEADER) && !leading && !store.roster().isLed()) {
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
        lookForOutages();
        Parts parts = new Parts();
        parts.run(rings::keep);
        parts.run(() -> rings.run(System.nanoTime() + LONGEST_RUN));
        store.ids().freshenTheClock(CLOCK_KEPT);
        boolean led = leading;
        leading = leadership.hold();
        silence.steady();
        if (!leading) {
            rest();
            parts.rethrow();
            return agenda.next(min(until(rings.first()), Leadership.RENEWAL));
        }
        if (!led) {
            ticks.doubt();
            ghosts.doubt();
        }
        return agenda.next(lead(parts));
    }

    private void lookForOutages() {
        long connections = store.wire().connection.getStatistics().getReconnects();
        if (connections != reconnects) {
            reconnects = connections;
            ticks.doubt();
            ghosts.doubt();
            silence.unsteady();
        }
    }

    private Duration lead(Parts parts) {
        long end = System.nanoTime() + LONGEST_RUN;
        parts.run(feed::keep);
        parts.run(() -> mover.run(end));
        Instant[] tick = new Instant[1];
        parts.run(() -> tick[0] = ticks.run());
        parts.run(silence::run);
        boolean[] more = new boolean[2];
        parts.run(() -> more[0] = ghosts.run(System.nanoTime() + LONGEST_RUN));
        parts.run(() -> more[1] = sweep.run());
        parts.rethrow();
        long first = Math.min(
                Math.min(heap.first(), rings.first()), tick[0] == null ? Long.MAX_VALUE : tick[0].toEpochMilli());
        Duration next = min(until(first), Leadership.RENEWAL);
        return more[0] || more[1] ? min(next, BETWEEN_SWEEPS) : next;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
            rings.close();
            rest();
            leadership.release();
        }
    }
}
