package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what was acknowledged and is among the jobs that are due all the same: a server that is killed may forget the removals of its last moments though
 * its consumers know what they have heard. Nobody would be given such a message again, and it would hold its job's unique key and its place for ever.
 * Looks after each outage, until all that had been delivered by then is acknowledged. Used by one thread at a time.
 */
final class Ghosts {
    private static final Logger LOG = LoggerFactory.getLogger(Ghosts.class);
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);
    private static final int STEP = 1_000;

    private final NatsStore store;
    private final Map<String, Long> delivered = new HashMap<>(); // by consumer, when first looked at
    private final Map<String, Long> seen = new HashMap<>(); // by consumer, up to where there are none
    private boolean doubtful;
    private long since;
    private long wait;

    Ghosts(NatsStore store) {
        this.store = store;
    }

    /** There may be some. */
    void doubt() {
        doubtful = true;
        delivered.clear();
        seen.clear();
        wait = 0;
    }

    void run() {
        if (!doubtful || System.nanoTime() - since < wait) {
            return;
        }
        boolean over = true;
        int offset = 0;
        JsonNode consumers;
        do {
            consumers = store.wire()
                    .api(
                            "CONSUMER.LIST." + store.names().work,
                            Wire.JSON.createObjectNode().put("offset", offset))
                    .path("consumers");
            for (JsonNode consumer : consumers) {
                over &= isClean(consumer);
            }
            offset += consumers.size();
        } while (!consumers.isEmpty());
        doubtful = !over;
        since = System.nanoTime();
        wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, wait * 2));
    }

    private boolean isClean(JsonNode consumer) {
        String name = consumer.path("name").asText();
        long floor = consumer.path("ack_floor").path("stream_seq").asLong();
        long last = delivered.computeIfAbsent(
                name, key -> consumer.path("delivered").path("stream_seq").asLong());
        String filter = consumer.path("config").path("filter_subject").asText();
        long from = seen.getOrDefault(name, 0L) + 1;
        int removed = 0;
        boolean more = from <= floor;
        while (more && removed < STEP) {
            Stored stored = store.wire().next(store.names().work, from, filter);
            more = stored != null && stored.sequence() <= floor;
            if (stored != null && more) {
                LOG.debug("job {} was acknowledged before the server was killed", Names.id(stored.subject()));
                store.wire().delete(store.names().work, stored.sequence());
                from = stored.sequence() + 1;
                removed++;
            }
        }
        if (removed > 0) {
            LOG.info("Removed {} jobs that had ended and that NATS had brought back", removed);
        }
        seen.put(name, more ? from - 1 : Math.max(floor, from - 1));
        return !more && floor >= last;
    }
}
