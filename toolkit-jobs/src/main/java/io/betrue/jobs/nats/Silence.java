package io.betrue.jobs.nats;

import io.betrue.jobs.internal.Steadiness;
import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets workers that have been silent for three of their beats, if this process has been steady for as long: after an outage all have been silent. Their
 * jobs come back by themselves. Used by one thread at a time.
 */
final class Silence {
    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
    private static final Duration OLDEST_CLOCK = Duration.ofSeconds(15);

    private final NatsStore store;
    private final long worker;
    private final Steadiness steadiness = new Steadiness(Leadership.RENEWAL.multipliedBy(2), System::nanoTime);

    Silence(NatsStore store, long worker) {
        this.store = store;
        this.worker = worker;
    }

    /** This process has looked at the server. */
    void steady() {
        steadiness.heard();
    }

    /** This process could not see the server for a while. */
    void unsteady() {
        steadiness.lost();
    }

    void run() {
        if (!store.clock().isFresh(OLDEST_CLOCK)) {
            return;
        }
        Instant now = store.clock().now();
        Duration steady = steadiness.span();
        store.roster().workers().forEach((id, card) -> {
            if (id != worker
                    && card.isSilent(now)
                    && steady.compareTo(card.heartbeat().multipliedBy(3)) >= 0) {
                forget(card, now);
            }
        });
    }

    /** What was heard of it may be old: what counts is what is there. */
    private void forget(Roster.Card card, Instant now) {
        String key = Roster.WORKER + card.id();
        KeyValueEntry entry = store.controls().get(key);
        if (entry != null
                && entry.getCreated()
                        .toInstant()
                        .plus(card.heartbeat().multipliedBy(3))
                        .isBefore(now)
                && store.controls().delete(key, entry.getRevision())) {
            LOG.warn("Worker {} ({}) has been silent and is forgotten; its jobs come back", card.id(), card.name());
        }
    }
}
