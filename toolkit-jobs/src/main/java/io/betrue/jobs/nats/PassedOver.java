package io.betrue.jobs.nats;

import io.betrue.jobs.internal.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Jobs that were delivered although their type has no room, and go back so that others may come: each until it may be its turn, by how quickly jobs of its
 * type end here. Safe for use by multiple threads.
 */
final class PassedOver {
    /** How long jobs may lie and wait for room before they go back. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long SOONEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST = 1_000;
    private static final double OLD_WEIGHT = 0.8;

    private final NatsSession session;
    private final Set<String> limited = ConcurrentHashMap.newKeySet();
    private final Map<String, Double> means = new HashMap<>(); // nanoseconds of an attempt, by type
    private final Map<String, Long> turns = new HashMap<>(); // when the last of a type comes back
    private final PriorityQueue<Long> returns = new PriorityQueue<>();

    PassedOver(NatsSession session) {
        this.session = session;
    }

    /** Learns which types have limits. */
    void learn(List<Lane> lanes) {
        for (Lane lane : lanes) {
            if (lane.onlyType() != null) {
                limited.add(lane.onlyType());
            }
            limited.addAll(lane.otherTypes());
        }
    }

    boolean isLimited(Delivery delivery) {
        return !limited.isEmpty() && limited.contains(delivery.entry.made().type());
    }

    /** An attempt has ended. */
    void ended(Delivery delivery) {
        Instant started = delivery.startedAt;
        if (started == null || !isLimited(delivery)) {
            return;
        }
        double took =
                (double) Duration.between(started, session.store.clock().now()).toNanos();
        synchronized (this) {
            means.merge(
                    delivery.entry.made().type(), took, (old, latest) -> OLD_WEIGHT * old + (1 - OLD_WEIGHT) * latest);
        }
    }

    /** {@return after how many nanoseconds the next of the same type may run, and the one after that, and so on} */
    long intervalNanos(Delivery delivery) {
        String type = delivery.entry.made().type();
        Instant now = session.store.clock().now();
        int running = 0;
        long longest = 0;
        for (Delivery other : session.held.all()) {
            Instant started = other.startedAt;
            if (started != null && type.equals(other.entry.made().type())) {
                running++;
                longest = Math.max(longest, Duration.between(started, now).toNanos());
            }
        }
        synchronized (this) {
            return (long) (Math.max((double) longest, means.getOrDefault(type, 0.0)) / Math.max(1, running));
        }
    }

    /** {@return how long a job stays away that goes back now} */
    Duration away(Delivery delivery) {
        long interval = intervalNanos(delivery);
        long now = System.nanoTime();
        synchronized (this) {
            long last = turns.getOrDefault(delivery.entry.made().type(), now);
            long away = Math.max(0, last - now) + interval;
            away = Math.min(LATEST_NANOS, Math.max(SOONEST_NANOS, away));
            turns.put(delivery.entry.made().type(), now + away);
            returns.add(now + away);
            return Duration.ofNanos(away);
        }
    }

    /** {@return how many more may go back: the server looks through all of them again and again} */
    synchronized int left() {
        long now = System.nanoTime();
        while (!returns.isEmpty() && returns.element() - now <= 0) {
            returns.remove();
        }
        return MOST - returns.size();
    }

    /** {@return until when the first of them comes back; nothing when there is none} */
    synchronized Duration untilReturn() {
        return returns.isEmpty() ? Duration.ZERO : Duration.ofNanos(Math.max(0, returns.element() - System.nanoTime()));
    }
}
