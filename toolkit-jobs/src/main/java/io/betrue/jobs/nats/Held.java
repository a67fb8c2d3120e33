package io.betrue.jobs.nats;

import io.betrue.jobs.internal.ClaimedJob;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a session has of the server, what it has ended well lately, and what it must not begin for the next minute. Safe for use by multiple threads. */
final class Held {
    private static final int MOST_REMEMBERED = 20_000;
    private static final long WITHHELD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<Long, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Map<Long, Long> succeeded = bounded();
    private final Map<Long, Long> settled = bounded(); // which message of a job is done with
    private final Map<Long, Long> withheld = bounded();

    private volatile boolean withholds;

    private static Map<Long, Long> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    void add(Delivery delivery) {
        deliveries.put(delivery.id(), delivery);
    }

    void remove(Delivery delivery) {
        deliveries.remove(delivery.id(), delivery);
    }

    boolean has(Delivery delivery) {
        return deliveries.get(delivery.id()) == delivery;
    }

    @Nullable
    Delivery get(long id) {
        return deliveries.get(id);
    }

    /** {@return the delivery that a claim came from, while this session has it} */
    @Nullable
    Delivery get(ClaimedJob job) {
        Delivery delivery = deliveries.get(job.id());
        return delivery != null && delivery.isOf(job) ? delivery : null;
    }

    List<Delivery> all() {
        Collection<Delivery> all = deliveries.values();
        return List.copyOf(all);
    }

    void succeeded(Delivery delivery) {
        synchronized (succeeded) {
            succeeded.put(delivery.id(), delivery.lease());
        }
    }

    /** What is written of a job counts: its message is done with. */
    void settled(Delivery delivery) {
        synchronized (settled) {
            settled.put(delivery.id(), delivery.sequence);
        }
    }

    /** {@return whether this session has settled the message that is delivered here: whoever delivers it has forgotten that} */
    boolean hasSettled(Delivery delivery) {
        return hasSettled(delivery.id(), delivery.sequence);
    }

    boolean hasSettled(long id, long sequence) {
        synchronized (settled) {
            return Long.valueOf(sequence).equals(settled.get(id));
        }
    }

    /** {@return whether this session runs the message that is delivered here: whoever delivers it has forgotten that} */
    boolean runs(Delivery delivery) {
        Delivery other = deliveries.get(delivery.id());
        return other != null && other.startedAt != null && other.sequence == delivery.sequence;
    }

    boolean hasSucceeded(ClaimedJob job) {
        return hasSucceeded(job.id(), job.lease());
    }

    boolean hasSucceeded(Delivery delivery) {
        return hasSucceeded(delivery.id(), delivery.lease());
    }

    private boolean hasSucceeded(long id, long lease) {
        synchronized (succeeded) {
            return Long.valueOf(lease).equals(succeeded.get(id));
        }
    }

    void withhold(long id) {
        withholds = true;
        synchronized (withheld) {
            withheld.put(id, System.nanoTime());
        }
    }

    void allow(long id) {
        synchronized (withheld) {
            withheld.remove(id);
        }
    }

    boolean isWithheld(long id) {
        if (!withholds) {
            return false;
        }
        synchronized (withheld) {
            Long since = withheld.get(id);
            return since != null && System.nanoTime() - since < WITHHELD_NANOS;
        }
    }
}
