package io.betrue.jobs.nats;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a delivery still counts for which this session has no proof, since it was silent for too long or its connection was away: the record in the bucket
 * decides, which whoever was given the job since has written, and nobody else may run it. JetStream itself would take the acknowledgement. For one
 * look at several deliveries, by one thread.
 */
final class Doubts {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    private final NatsSession session;
    private @Nullable Set<Long> others; // what others run, asked once

    Doubts(NatsSession session) {
        this.session = session;
    }

    /**
     * {@return whether this session may say how the job ended}
     *
     * @param well whether it succeeded: then nobody who is given it later will run it
     */
    boolean mayEnd(Delivery delivery, boolean well) {
        for (int i = 0; i < 3; i++) {
            Leases.Lease record = session.leases.of(delivery.id());
            if (record != null && !isOwn(record, delivery)) {
                return false;
            }
            if (others().contains(delivery.id())) {
                LOG.debug("job {} runs in another worker too", delivery.id());
                return false;
            }
            if (session.leases.write(delivery.id(), record, own(delivery, well))) {
                delivery.hasLease = true;
                return isThere(delivery, well);
            }
        }
        return false;
    }

    private Set<Long> others() {
        Set<Long> known = others;
        if (known == null) {
            known = session.store.census().runningElsewhere(session.worker);
            others = known;
        }
        return known;
    }

    /** {@return whether another was given the job, which may have ended it since} */
    boolean isLost(Delivery delivery) {
        Leases.Lease record = session.leases.of(delivery.id());
        return record != null ? !isOwn(record, delivery) : isGone(delivery);
    }

    /**
     * Whoever ended the job has removed its own record after the message; so this is asked after the record was written.
     *
     * @return whether the job waits for its end, or this session has stored before that it succeeded and did not hear the answer
     */
    private boolean isThere(Delivery delivery, boolean well) {
        if (!isGone(delivery) || (well && session.held.hasSucceeded(delivery))) {
            return true;
        }
        session.leases.forgetOwn(delivery);
        return false;
    }

    private boolean isGone(Delivery delivery) {
        return session.store.wire().get(session.store.names().work, delivery.sequence) == null;
    }

    private static boolean isOwn(Leases.Lease record, Delivery delivery) {
        int order = record.against(delivery);
        return order < 0 || (order == 0 && delivery.hasLease);
    }

    private Leases.Lease own(Delivery delivery, boolean well) {
        return Leases.Lease.of(
                delivery,
                delivery.attempt,
                well ? Leases.State.ENDED : Leases.State.RUNNING,
                delivery.rescues,
                session.card.name(),
                null,
                delivery.startedAt);
    }
}
