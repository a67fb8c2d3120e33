package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this process knows of the control bucket: which workers there are, and which queues are paused. Follows it by a watch. Safe for use by multiple threads. */
final class Roster {
    static final String WORKER = "worker.";
    static final String PAUSE = "pause.";
    static final String SCHEDULE = "schedule.";
    static final String LEADER = "leader";

    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch told = new CountDownLatch(1);
    private final Map<String, Long> revisions =
            new HashMap<>(); // of the keys told since the watch began; also the lock of changes
    private final ConcurrentSkipListMap<Long, Card> workers = new ConcurrentSkipListMap<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();
    private volatile boolean led;
    private volatile @Nullable Watch watch;

    /**
     * A worker as it last introduced itself.
     *
     * @param id its number
     * @param name host and process
     * @param queues what it takes from
     * @param startedAt since when
     * @param seenAt when it last beat, by the server's clock
     * @param running how many jobs it holds
     * @param draining whether it stops
     * @param heartbeat how often it beats
     */
    record Card(
            long id,
            String name,
            List<String> queues,
            Instant startedAt,
            Instant seenAt,
            int running,
            boolean draining,
            Duration heartbeat) {
        static Card read(long id, JsonNode json, Instant seenAt) {
            List<String> queues = new ArrayList<>();
            json.path("queues").forEach(queue -> queues.add(queue.asText()));
            return new Card(
                    id,
                    json.path("name").asText(),
                    queues,
                    Instant.parse(json.path("started").asText()),
                    seenAt,
                    json.path("running").asInt(),
                    json.path("draining").asBoolean(),
                    Duration.ofMillis(json.path("heartbeat").asLong()));
        }

        byte[] write() {
            return Wire.write(Map.of(
                    "name", name,
                    "queues", queues,
                    "started", startedAt.toString(),
                    "running", running,
                    "draining", draining,
                    "heartbeat", heartbeat.toMillis()));
        }

        /** {@return whether it has been silent for three beats} */
        boolean isSilent(Instant now) {
            return seenAt.plus(heartbeat.multipliedBy(3)).isBefore(now);
        }
    }

    /** Lets somebody hear which keys change. */
    void follow(Consumer<String> follower) {
        followers.add(follower);
    }

    void unfollow(Consumer<String> follower) {
        followers.remove(follower);
    }

    /** {@return whom to tell all that there is now, and then each change} What was known before and is not told again is gone. The one before is not listened to any more. */
    KeyValueWatcher begin() {
        Watch next = new Watch();
        synchronized (revisions) {
            revisions.clear();
            watch = next;
        }
        return next;
    }

    /** What one watch tells. */
    private final class Watch implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            if (watch == this) {
                boolean there = Bucket.isThere(entry);
                changed(
                        entry.getKey(),
                        entry.getRevision(),
                        there ? Bucket.value(entry) : null,
                        entry.getCreated().toInstant());
            }
        }

        @Override
        public void endOfData() {
            if (watch == this) {
                dropUntold();
                told.countDown();
            }
        }
    }

    /** {@return all workers that are listed, by number} */
    Map<Long, Card> workers() {
        return new TreeMap<>(workers);
    }

    /** {@return whether there is a leader, as far as has been heard} */
    boolean isLed() {
        return led;
    }

    boolean isPaused(String queue) {
        return paused.contains(queue);
    }

    Set<String> paused() {
        return Set.copyOf(paused);
    }

    /** The mark that a key was removed goes after half an hour: who was away for longer is told nothing of it. */
    private void dropUntold() {
        List<String> gone = new ArrayList<>();
        synchronized (revisions) {
            paused.forEach(queue -> gone.add(PAUSE + Names.token(queue)));
            workers.keySet().forEach(id -> gone.add(WORKER + id));
            gone.add(LEADER);
            gone.removeAll(revisions.keySet());
            gone.forEach(key -> take(key, null, Instant.EPOCH));
        }
        gone.forEach(this::tell);
    }

    /** Waits a moment until all was told that there was in the beginning: whoever looks at once must not see a part. */
    void awaitAll() {
        try {
            if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new JobException("NATS did not tell which workers there are in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS told which workers there are", e);
        }
    }

    /**
     * Takes in a change, from the watch or from whoever made it here; an older one than is known changes nothing.
     *
     * @param value the new value, or {@code null} when it was removed
     */
    void changed(String key, long revision, byte @Nullable [] value, Instant time) {
        synchronized (revisions) {
            if (revisions.merge(key, revision, Math::max) != revision) {
                return;
            }
            take(key, value, time);
        }
        tell(key);
    }

    private void take(String key, byte @Nullable [] value, Instant time) {
        if (key.startsWith(WORKER)) {
            long id = Long.parseLong(key.substring(WORKER.length()));
            if (value == null) {
                workers.remove(id);
                revisions.remove(key);
            } else {
                workers.put(id, Card.read(id, Wire.read(value), time));
            }
        } else if (key.startsWith(PAUSE)) {
            String queue = Names.name(key.substring(PAUSE.length()));
            if (value == null) {
                paused.remove(queue);
            } else {
                paused.add(queue);
            }
        }
        if (key.equals(LEADER)) {
            led = value != null;
        }
    }

    private void tell(String key) {
        followers.forEach(follower -> follower.accept(key));
    }
}
