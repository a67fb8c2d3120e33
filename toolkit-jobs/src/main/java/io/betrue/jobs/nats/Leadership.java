package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobException;
import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of all workers of a namespace does what one must do for all: whoever has the key {@code leader}. One that does not renew it for six seconds loses it
 * to the next that asks; until that one hears of it there are two, so whatever a leader does must bear to be done twice. Used by one thread at a time.
 */
final class Leadership {
    /** How often a leader must renew, and the others should ask. */
    static final Duration RENEWAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration TERM = Duration.ofSeconds(6);
    private static final long OFTEN_ENOUGH = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final NatsStore store;
    private final long worker;
    private final String mark = UUID.randomUUID().toString();
    private final byte[] record;
    private long revision;
    private long renewed;

    Leadership(NatsStore store, long worker) {
        this.store = store;
        this.worker = worker;
        this.record = Wire.write(Map.of("worker", worker, "mark", mark));
    }

    /** {@return whether this worker is the leader, or has become it} */
    boolean hold() {
        long now = System.nanoTime();
        if (revision != 0 && now - renewed < OFTEN_ENOUGH) {
            return true;
        }
        boolean was = revision != 0;
        if (!was || !renew(revision)) {
            take();
        }
        if (revision != 0) {
            renewed = now;
        }
        if (was != (revision != 0)) {
            LOG.info("Worker {} {} the leader of {}", worker, was ? "is no longer" : "is", store.names());
        }
        return revision != 0;
    }

    private boolean renew(long known) {
        return got(store.controls().update(Roster.LEADER, record, known));
    }

    private void take() {
        KeyValueEntry entry = store.controls().get(Roster.LEADER);
        if (entry == null) {
            got(store.controls().create(Roster.LEADER, record));
        } else if (isOurs(entry) || isOver(entry)) {
            renew(entry.getRevision());
        }
    }

    private boolean got(OptionalLong changed) {
        revision = changed.orElse(0);
        return changed.isPresent();
    }

    /** An answer may have been lost. */
    private boolean isOurs(KeyValueEntry entry) {
        JsonNode leader = Wire.read(Bucket.value(entry));
        return leader.path("mark").asText().equals(mark);
    }

    private boolean isOver(KeyValueEntry entry) {
        Instant since = entry.getCreated().toInstant();
        return since.plus(TERM).isBefore(store.clock().now());
    }

    /** Lets the others know that they may. */
    void release() {
        long known = revision;
        revision = 0;
        if (known != 0) {
            try {
                store.controls().delete(Roster.LEADER, known);
            } catch (JobException e) {
                LOG.debug("Others will take the lead in {}", TERM, e);
            }
        }
    }
}
