package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.api.KeyValueEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Says that a worker lives, and that it still works on what it holds. */
final class Pulse {
    private static final byte[] IN_PROGRESS = Settles.bytes("+WPI");

    private final NatsSession session;
    private final NatsStore store;

    Pulse(NatsSession session) {
        this.session = session;
        this.store = session.store;
    }

    void beat(boolean draining, int held) {
        if (!session.held.all().isEmpty()) {
            extend();
        }
        introduce(draining, held);
        for (Delivery delivery : session.held.all()) {
            if (!delivery.isProven(System.nanoTime()) && new Doubts(session).isLost(delivery)) {
                session.held.remove(delivery);
                session.listener.lost(delivery.id());
            }
        }
    }

    /** The server answers the last word of each consumer, which it takes after the others. */
    private void extend() {
        long sent = System.nanoTime();
        List<Delivery> told = session.held.all();
        Map<Shelf, Delivery> last = new HashMap<>();
        told.forEach(delivery -> last.put(delivery.from, delivery));
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Delivery delivery : told) {
            if (last.get(delivery.from) == delivery) {
                answers.add(store.wire().ask(delivery.acknowledgements, null, IN_PROGRESS));
            } else {
                store.wire().tell(delivery.acknowledgements, IN_PROGRESS);
            }
        }
        answers.forEach(answer -> Wire.await("hear that jobs are worked on", answer));
        long answered = System.nanoTime();
        for (Delivery delivery : told) {
            if (delivery.isProven(answered)) {
                delivery.proveUntil(sent + session.leaseNanos());
            }
        }
    }

    /** Writes who this worker is, and learns the server's time by that. */
    void introduce(boolean draining, int held) {
        Roster.Card card = new Roster.Card(
                session.worker,
                session.card.name(),
                session.card.queues().stream().sorted().toList(),
                session.startedAt,
                store.clock().now(),
                held,
                draining,
                session.card.heartbeat());
        String key = Roster.WORKER + session.worker;
        long asked = System.nanoTime();
        byte[] value = card.write();
        long revision = store.controls().put(key, value);
        long answered = System.nanoTime();
        KeyValueEntry entry = store.controls().get(key);
        if (entry != null && entry.getRevision() == revision) {
            store.clock().learn(asked, answered, entry.getCreated().toInstant());
        }
        store.roster().changed(key, revision, value, store.clock().now());
    }

    void goodbye() {
        String key = Roster.WORKER + session.worker;
        try {
            store.controls().delete(key);
        } catch (JobException e) {
            throw new JobException("it stays listed until it has been silent for three beats", e);
        }
        store.roster().changed(key, Long.MAX_VALUE, null, store.clock().now());
    }
}
