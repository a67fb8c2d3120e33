package io.betrue.jobs.nats;

import io.betrue.jobs.internal.ClaimedJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job that the server has delivered to this session and that is not acknowledged yet. Safe for use by multiple threads. */
final class Delivery {
    private static final int MOST_DELIVERED = (1 << Leases.DELIVERED_BITS) - 1;

    final Shelf from;
    final Entry entry;
    final String acknowledgements;
    final long sequence;
    final long delivered;
    final Instant since;
    /** Until when, by {@link System#nanoTime}, the server surely has given it to nobody else; 0 where that is not known. */
    volatile long provenUntil;

    volatile boolean proven;
    volatile int attempt;
    volatile @Nullable Instant startedAt; // null until it is claimed
    volatile boolean cancelWanted;
    volatile boolean hasLease; // a record in the bucket of leases
    volatile int rescues;
    volatile @Nullable String lastError;
    volatile @Nullable Double progress;
    volatile @Nullable String message;

    Delivery(Shelf from, Entry entry, String acknowledgements, long sequence, long delivered, Instant since) {
        this.from = from;
        this.entry = entry;
        this.acknowledgements = acknowledgements;
        this.sequence = sequence;
        this.delivered = delivered;
        this.since = since;
        this.attempt = entry.attempt() + 1;
        this.lastError = entry.error();
    }

    long id() {
        return entry.id();
    }

    /**
     * {@return a number that grows with each delivery of a job, also when it was written anew in between} From the 1,023rd delivery of one message on it stays;
     * records of leases have the true count too.
     */
    long lease() {
        return Leases.number(sequence, Math.min(delivered, MOST_DELIVERED));
    }

    boolean isAgain() {
        return delivered > 1;
    }

    void proveUntil(long nanos) {
        provenUntil = nanos;
        proven = true;
    }

    void doubt() {
        proven = false;
    }

    boolean isProven(long now) {
        return proven && now - provenUntil < 0;
    }

    ClaimedJob claimed() {
        return entry.claimed(lease(), attempt);
    }

    /** {@return the entry as of this attempt} */
    Entry begun() {
        return entry.startedAt(startedAt);
    }

    /** {@return whether a claim came from this delivery} Of two with the same lease number the later is another attempt, or the first never got to a worker. */
    boolean isOf(ClaimedJob job) {
        return startedAt != null && job.lease() == lease() && job.attempt() == attempt;
    }
}
