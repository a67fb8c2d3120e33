package io.betrue.jobs.nats;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do with a job that was delivered before: its worker died, was silent for too long, gave it back, or ended it and died before the server heard
 * of that. Counts attempts, so that a job which kills its worker each time ends dead.
 */
final class Redeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Redeliveries.class);
    private static final int LONGEST_WAIT = 300;
    private static final List<JobState> ENDS = List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);

    private final NatsSession session;
    private final NatsStore store;
    private final Settles settles;

    Redeliveries(NatsSession session, Settles settles) {
        this.session = session;
        this.store = session.store;
        this.settles = settles;
    }

    /** {@return whether the job is to be run; else it has been seen to} */
    boolean mayRun(Delivery delivery) {
        try {
            boolean runs = examine(delivery);
            if (!runs) {
                session.held.remove(delivery);
            }
            return runs;
        } catch (RuntimeException e) {
            session.held.remove(delivery); // it comes again when the lease is over
            throw e;
        }
    }

    private boolean examine(Delivery delivery) {
        Leases.Lease found = session.leases.of(delivery.id());
        Leases.Lease record = Leases.about(delivery, found);
        if ((record != null && record.state() == Leases.State.ENDED) || wentElsewhere(delivery)) {
            LOG.debug("job {} was ended before, its acknowledgement was lost", delivery.id());
            acknowledge(delivery);
            tidy(delivery);
            return false;
        }
        Past past = Past.of(delivery, record);
        delivery.attempt = past.begun() + 1;
        delivery.rescues = found == null ? 0 : found.rescues();
        delivery.lastError = record == null ? delivery.entry.error() : record.error();
        delivery.cancelWanted = session.leases.isToBeCancelled(delivery.id());
        if (past.died()) {
            return rescue(delivery, past.begun(), record, found);
        }
        if (delivery.cancelWanted) {
            end(delivery, JobState.CANCELLED, past.begun(), "cancelled while it waited");
            return false;
        }
        return claim(delivery, found);
    }

    private boolean rescue(Delivery delivery, int begun, Leases.@Nullable Lease record, Leases.@Nullable Lease found) {
        int attempts = delivery.entry.made().attempts();
        boolean last = begun >= attempts;
        String who = record == null
                        || record.state() != Leases.State.RUNNING
                        || record.worker().isEmpty()
                ? "its worker"
                : "worker " + record.worker();
        String text = who + " died or was cut off" + (last ? " in the last attempt" : "");
        Wire.await("keep an event", store.events().send(delivery.id(), begun, JobEvent.Kind.RESCUED, text, null));
        delivery.lastError = text;
        if (delivery.cancelWanted || last) {
            end(delivery, delivery.cancelWanted ? JobState.CANCELLED : JobState.DEAD, begun, text);
            return false;
        }
        int rescues = delivery.rescues + 1;
        delivery.rescues = rescues;
        if (rescues > 1) {
            // not at once the second time: it may be what kills them
            Duration pause = Duration.ofSeconds(Math.min(LONGEST_WAIT, 1L << Math.min(rescues - 1, 9)));
            Wire.await("put off a job", settles.later(delivery, begun, pause, text));
            Wire.await("keep a lease", session.leases.put(delivery.id(), lease(delivery, begun, Leases.State.ENDED)));
            acknowledge(delivery);
            return false;
        }
        return claim(delivery, found);
    }

    private boolean claim(Delivery delivery, Leases.@Nullable Lease found) {
        if (!session.leases.write(delivery.id(), found, lease(delivery, delivery.attempt, Leases.State.RUNNING))) {
            LOG.debug("job {} is somebody else's by now", delivery.id());
            return false;
        }
        delivery.hasLease = true;
        return true;
    }

    private Leases.Lease lease(Delivery delivery, int attempts, Leases.State state) {
        return Leases.Lease.of(
                delivery,
                attempts,
                state,
                delivery.rescues,
                session.card.name(),
                delivery.lastError,
                delivery.startedAt);
    }

    /** {@return whether the job was written elsewhere by whoever had it, and only the acknowledgement is missing} */
    private boolean wentElsewhere(Delivery delivery) {
        Stored later = store.wire().last(store.names().later, store.names().anyLater(delivery.id()));
        if (later != null && later.time().isAfter(delivery.since)) {
            return true;
        }
        for (JobState state : ENDS) {
            if (store.limits().keeps(state)) {
                Stored ended = store.wire()
                        .last(store.names().ended(state), store.names().anyEnded(state, delivery.id()));
                if (ended != null && ended.time().isAfter(delivery.since)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void end(Delivery delivery, JobState state, int begun, String text) {
        if (store.limits().keeps(state)) {
            CompletableFuture<?> kept = settles.ended(delivery, state, begun, text, null);
            Wire.await("keep an ended job", kept);
        }
        acknowledge(delivery);
        tidy(delivery);
    }

    private void acknowledge(Delivery delivery) {
        Wire.await("take an acknowledgement", store.wire().ask(delivery.acknowledgements, null, Settles.ACK));
    }

    private void tidy(Delivery delivery) {
        if (store.wire().last(store.names().later, store.names().anyLater(delivery.id())) == null) {
            store.keys().free(delivery.entry);
            session.leases.forget(delivery);
        }
    }
}
