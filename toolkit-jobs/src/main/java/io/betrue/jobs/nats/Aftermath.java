package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that are delivered as new after an outage and have ended before: a server that was killed forgets what it handed out in its last moments. It begins
 * with these when it is back, so the first deliveries are looked at more closely, until many in a row are as they should be. Safe for use by multiple
 * threads.
 */
final class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final int ENOUGH = 2_000;

    private final Traces traces;
    /** How many in a row were as they should be, by where they come from; those that are not in here have been looked at enough. */
    private final Map<Shelf, Integer> good = new ConcurrentHashMap<>();

    Aftermath(NatsStore store) {
        this.traces = new Traces(store.wire(), store.names(), store.limits());
    }

    /** The connection was away. */
    void doubt(Intake intake) {
        intake.bands().forEach(band -> good.put(band, 0));
    }

    /** {@return those that have ended before; none where that cannot be told} */
    Set<Delivery> over(List<Delivery> deliveries) {
        if (good.isEmpty()) {
            return Set.of();
        }
        List<Delivery> doubtful = deliveries.stream()
                .filter(delivery -> !delivery.isAgain() && good.containsKey(delivery.from))
                .toList();
        List<CompletableFuture<Boolean>> looks = doubtful.stream()
                .map(delivery -> traces.isOver(delivery.entry.made().queue(), delivery.id(), delivery.since))
                .toList();
        Set<Delivery> over = new HashSet<>();
        try {
            for (int i = 0; i < doubtful.size(); i++) {
                Delivery delivery = doubtful.get(i);
                boolean isOver = Wire.await("look for an ended job", looks.get(i));
                good.computeIfPresent(delivery.from, (band, row) -> isOver ? Integer.valueOf(0) : next(row));
                if (isOver) {
                    over.add(delivery);
                }
            }
        } catch (JobException e) {
            LOG.debug("jobs that have ended before may run again", e);
        }
        return over;
    }

    private static @Nullable Integer next(int row) {
        return row < ENOUGH ? row + 1 : null;
    }
}
