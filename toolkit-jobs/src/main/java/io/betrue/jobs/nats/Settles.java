package io.betrue.jobs.nats;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores how attempts ended: what must be known afterwards is written first, then the delivery is acknowledged or given back, then what is no longer needed is
 * removed. Whoever dies in between leaves a delivery that comes again and is recognised. Safe for use by multiple threads.
 */
final class Settles {
    static final byte[] ACK = bytes("+ACK");
    private static final Logger LOG = LoggerFactory.getLogger(Settles.class);
    private static final String CANCELLED = "cancelled while it ran";

    private final NatsSession session;
    private final NatsStore store;
    private final Wire wire;
    private final Names names;

    Settles(NatsSession session) {
        this.session = session;
        this.store = session.store;
        this.wire = store.wire();
        this.names = store.names();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is left to do for a delivery once its records are written. */
    private record Open(Delivery delivery, boolean back, boolean ended, boolean well) {}

    List<Settlement> settle(List<Settlement> settlements) {
        List<Settlement> refused = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        List<CompletableFuture<?>> writes = new ArrayList<>();
        long now = System.nanoTime();
        Doubts doubts = new Doubts(session);
        for (Settlement settlement : settlements) {
            Delivery delivery = session.held.get(settlement.job());
            if (delivery == null) {
                if (!(settlement.outcome() instanceof JobOutcome.Succeeded)
                        || !session.held.hasSucceeded(settlement.job())) {
                    refused.add(settlement);
                }
            } else if (!delivery.isProven(now)
                    && !doubts.mayEnd(delivery, settlement.outcome() instanceof JobOutcome.Succeeded)) {
                session.held.remove(delivery);
                refused.add(settlement);
            } else {
                open.add(write(delivery, settlement.outcome(), writes));
            }
        }
        writes.forEach(write -> Wire.await("keep how a job ended", write));
        // from here on the server may have taken the job for ended, also where its answer does not come
        open.stream().filter(Open::well).forEach(one -> session.held.succeeded(one.delivery()));
        open.stream().filter(one -> !one.back()).forEach(one -> session.held.settled(one.delivery()));
        acknowledge(open);
        open.forEach(this::done);
        open.stream().filter(Open::ended).forEach(this::tidy);
        return refused;
    }

    private Open write(Delivery delivery, JobOutcome outcome, List<CompletableFuture<?>> writes) {
        if (outcome instanceof JobOutcome.Succeeded succeeded) {
            return end(delivery, JobState.SUCCEEDED, delivery.attempt, null, succeeded.result(), writes);
        }
        if (outcome instanceof JobOutcome.Cancelled cancelled) {
            writes.add(event(delivery, JobEvent.Kind.CONTROL, cancelled.reason(), null));
            return end(delivery, JobState.CANCELLED, delivery.attempt, cancelled.reason(), null, writes);
        }
        if (outcome instanceof JobOutcome.Died died) {
            String text = failed(delivery, died.error(), writes);
            JobState state = delivery.cancelWanted ? JobState.CANCELLED : JobState.DEAD;
            return end(delivery, state, delivery.attempt, text, null, writes);
        }
        if (outcome instanceof JobOutcome.Retried retried) {
            String text = failed(delivery, retried.error(), writes);
            return again(delivery, delivery.attempt, retried.delay(), text, text, writes);
        }
        Duration delay = Duration.ZERO;
        if (outcome instanceof JobOutcome.Snoozed snoozed) {
            delay = snoozed.delay();
            writes.add(event(delivery, JobEvent.Kind.SNOOZED, "for " + delay, null));
        }
        return again(delivery, delivery.attempt - 1, delay, delivery.lastError, CANCELLED, writes);
    }

    private String failed(Delivery delivery, JobError error, List<CompletableFuture<?>> writes) {
        String text = error.message().isEmpty() ? error.kind() : error.kind() + ": " + error.message();
        writes.add(event(delivery, JobEvent.Kind.ERROR, text, error.stack()));
        return text;
    }

    private CompletableFuture<?> event(Delivery delivery, JobEvent.Kind kind, String text, @Nullable String detail) {
        return store.events().send(delivery.id(), delivery.attempt, kind, text, detail);
    }

    CompletableFuture<?> log(Delivery delivery, String line) {
        return event(delivery, JobEvent.Kind.LOG, line, null);
    }

    /**
     * Lets a job wait again, or ends it where somebody wants it cancelled.
     *
     * @param attempts attempts that count by now
     * @param error the last error, or {@code null}
     * @param cancelled what ended it, where it was to be cancelled
     */
    private Open again(
            Delivery delivery,
            int attempts,
            Duration delay,
            @Nullable String error,
            String cancelled,
            List<CompletableFuture<?>> writes) {
        if (delivery.cancelWanted) {
            return end(delivery, JobState.CANCELLED, attempts, cancelled, null, writes);
        }
        if (delay.isZero() || delay.isNegative()) {
            writes.add(putBack(delivery, attempts, error));
            return new Open(delivery, true, false, false);
        }
        writes.add(later(delivery, attempts, delay, error));
        return new Open(delivery, false, false, false);
    }

    /** Writes a job to where it waits for its time. */
    CompletableFuture<?> later(Delivery delivery, int attempts, Duration delay, @Nullable String error) {
        Entry entry = delivery.begun()
                .waiting(attempts, ServerClock.later(store.clock().now(), delay), error);
        return store.alarms()
                .send(
                        names.later(entry.made().queue(), entry.id()),
                        JobMessages.moved(entry),
                        JobMessages.body(entry),
                        entry.runAt());
    }

    private CompletableFuture<?> putBack(Delivery delivery, int attempts, @Nullable String error) {
        delivery.hasLease = true;
        return session.leases.put(
                delivery.id(),
                Leases.Lease.of(
                        delivery,
                        attempts,
                        Leases.State.BACK,
                        delivery.rescues,
                        session.card.name(),
                        error,
                        delivery.startedAt));
    }

    private Open end(
            Delivery delivery,
            JobState state,
            int attempts,
            @Nullable String text,
            @Nullable String result,
            List<CompletableFuture<?>> writes) {
        if (store.limits().keeps(state)) {
            writes.add(ended(delivery, state, attempts, text, result));
        }
        return new Open(delivery, false, true, state == JobState.SUCCEEDED);
    }

    /** Writes a job to where ended ones are kept. */
    CompletableFuture<?> ended(
            Delivery delivery, JobState state, int attempts, @Nullable String text, @Nullable String result) {
        Instant now = store.clock().now();
        Entry entry = delivery.begun().ended(attempts, now, session.card.name(), text, result);
        byte[] body = JobMessages.body(entry);
        if (result != null && !wire.takes(body)) {
            return log(delivery, "the result is not kept: with the payload it is too large for this NATS server")
                    .thenCompose(kept -> ended(delivery, state, attempts, text, null));
        }
        return wire.send(names.ended(state, entry.made().queue(), entry.id()), JobMessages.moved(entry), body);
    }

    /** Acknowledges many; the server answers the last of each consumer, which it takes after the others. */
    private void acknowledge(List<Open> open) {
        Map<Shelf, Delivery> last = new HashMap<>();
        open.forEach(one -> last.put(one.delivery().from, one.delivery()));
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Open one : open) {
            byte[] word = one.back() ? nak(Duration.ZERO) : ACK;
            if (one.delivery() == last.get(one.delivery().from)) {
                answers.add(wire.ask(one.delivery().acknowledgements, null, word));
            } else {
                wire.tell(one.delivery().acknowledgements, word);
            }
        }
        answers.forEach(answer -> Wire.await("take an acknowledgement", answer));
    }

    static byte[] nak(Duration delay) {
        return bytes(delay.isZero() ? "-NAK" : "-NAK {\"delay\":" + delay.toNanos() + '}');
    }

    private void done(Open one) {
        session.passedOver.ended(one.delivery());
        session.held.remove(one.delivery());
    }

    /** Removes what an ended job leaves; what stays here, after a crash too, others recognise as over. The end is stored by now, so nobody is to store it again. */
    private void tidy(Open one) {
        try {
            store.keys().free(one.delivery().entry);
            session.leases.forget(one.delivery());
        } catch (JobException e) {
            LOG.debug("what job {} leaves is removed later", one.delivery().id(), e);
        }
    }

    /** Gives back what was not begun; completes when the server has heard it. */
    CompletableFuture<?> giveBack(Delivery delivery, Duration delay) {
        CompletableFuture<Boolean> written = delivery.isAgain() && delivery.startedAt == null
                ? session.leases.passOn(delivery)
                : putBack(delivery, delivery.attempt - 1, delivery.lastError).thenApply(kept -> true);
        return written.thenCompose(own -> own
                        ? wire.ask(delivery.acknowledgements, null, nak(delay))
                        : CompletableFuture.completedFuture(null))
                .thenRun(() -> session.held.remove(delivery));
    }

    /** The worker goes: what it did not begin is given back, what it ran comes back as that of a dead worker. */
    void abandonAll() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Delivery delivery : session.held.all()) {
            all.add(
                    delivery.startedAt == null
                            ? giveBack(delivery, Duration.ZERO)
                            : wire.ask(delivery.acknowledgements, null, nak(Duration.ZERO)));
        }
        all.forEach(done -> Wire.await("take back a job", done));
    }
}
