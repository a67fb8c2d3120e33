package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one at a time change a job from outside, of all processes: a key in the bucket of leases for as long as that takes. Whoever died with it is waited for
 * no longer than ten seconds. Safe for use by multiple threads.
 */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final String KEY = "turn.";
    private static final Duration DEAD = Duration.ofSeconds(10);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final byte[] NOTHING = {};

    private final NatsStore store;

    Turns(NatsStore store) {
        this.store = store;
    }

    boolean inTurn(long id, BooleanSupplier change) {
        String key = KEY + id;
        long revision = take(id, key);
        try {
            return change.getAsBoolean();
        } finally {
            giveUp(key, revision);
        }
    }

    private long take(long id, String key) {
        long end = System.nanoTime() + LONGEST_WAIT;
        do {
            OptionalLong taken = store.leases().create(key, NOTHING);
            if (taken.isEmpty()) {
                taken = takeOver(key);
            }
            if (taken.isPresent()) {
                return taken.getAsLong();
            }
            LockSupport.parkNanos(PAUSE);
        } while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted());
        throw new JobException("job " + id + " is being changed by somebody else; try again");
    }

    private OptionalLong takeOver(String key) {
        KeyValueEntry other = store.leases().get(key);
        if (other == null
                || other.getCreated()
                        .toInstant()
                        .plus(DEAD)
                        .isAfter(store.clock().now())) {
            return OptionalLong.empty();
        }
        return store.leases().update(key, NOTHING, other.getRevision());
    }

    private void giveUp(String key, long revision) {
        try {
            store.leases().delete(key, revision);
        } catch (JobException e) {
            LOG.debug("{} is free again in a while", key, e);
        }
    }
}
