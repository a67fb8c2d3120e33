package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to messages that nobody will ever be given: a server that is killed forgets removals of its last moments, though its consumers remember what they have
 * handed out. What was handed out before the outage, is there and is run by nobody is looked at again and again until none is left: what has ended is
 * removed, what the server has lost track of is made due again (decision 0142). Used by one thread at a time.
 */
final class Ghosts {
    private static final Logger LOG = LoggerFactory.getLogger(Ghosts.class);
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    /** How much longer than a lease what was handed out may take to come again. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final int STEP = 100;
    private static final int MOST_ASKED = 1_000;
    private static final int MOST_LEFT = 100_000;

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Traces traces;
    private final Moves moves;
    private final Map<String, Long> delivered = new HashMap<>(); // by consumer, when first looked at
    private final Deque<Walk> walks = new ArrayDeque<>(); // what is left of this round
    private @Nullable Map<Long, Census.Running> running; // in this round
    private Instant outage = Instant.EPOCH;
    private boolean cut; // the stream has lost its end, so that numbers are given again
    private boolean doubtful;
    private boolean open; // this round found something that another must look at
    private boolean more; // and at once
    private long begun;
    private long since;
    private long wait;

    Ghosts(NatsStore store) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.traces = new Traces(wire, names, store.limits());
        Places places = new Places(store);
        this.moves = new Moves(store, places, new Changes(store, places));
    }

    /** A message that was handed out. */
    private record Left(long sequence, long id, Instant time) {}

    /** A look at what one consumer has handed out. */
    private static final class Walk {
        final String consumer;
        final String filter;
        final long last;
        final long floor;
        final List<Left> left = new ArrayList<>();
        long from;

        Walk(String consumer, String filter, long from, long last, long floor) {
            this.consumer = consumer;
            this.filter = filter;
            this.from = from;
            this.last = last;
            this.floor = floor;
        }

        boolean isOf(Census.Running job) {
            return job.subject().startsWith(filter.substring(0, filter.length() - 1));
        }
    }

    /** There may be some. */
    void doubt() {
        doubtful = true;
        delivered.clear();
        walks.clear();
        begun = System.nanoTime();
        wait = 0;
    }

    /**
     * Goes on looking.
     *
     * @param end when to stop, by {@link System#nanoTime}
     * @return whether there is more to do at once
     */
    boolean run(long end) {
        if (!doubtful || (walks.isEmpty() && System.nanoTime() - since < wait)) {
            return false;
        }
        if (walks.isEmpty()) {
            begin();
        }
        while (!walks.isEmpty() && System.nanoTime() - end < 0) {
            Walk walk = walks.getFirst();
            if (step(walk)) {
                see(walk, end);
                walks.remove(walk);
            }
        }
        if (walks.isEmpty()) {
            doubtful = open;
            since = System.nanoTime();
            wait = more ? 0 : Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, wait * 2));
        }
        return !walks.isEmpty() || (doubtful && wait == 0);
    }

    private void begin() {
        Instant heard = store.takeOutage();
        if (!cut && heard.isAfter(outage)) {
            outage = heard;
        }
        cut = false;
        more = false;
        running = null;
        int offset = 0;
        JsonNode consumers;
        List<JsonNode> all = new ArrayList<>();
        do {
            consumers = wire.api(
                            "CONSUMER.LIST." + names.work,
                            Wire.JSON.createObjectNode().put("offset", offset))
                    .path("consumers");
            consumers.forEach(all::add);
            offset += consumers.size();
        } while (!consumers.isEmpty());
        JsonNode state = wire.api("STREAM.INFO." + names.work, null).path("state");
        long first = state.path("first_seq").asLong();
        for (JsonNode consumer : all) {
            String name = consumer.path("name").asText();
            long last = delivered.computeIfAbsent(
                    name, key -> consumer.path("delivered").path("stream_seq").asLong());
            cut |= last > state.path("last_seq").asLong();
            if (last >= first) {
                String filter = consumer.path("config").path("filter_subject").asText();
                walks.add(new Walk(
                        name,
                        filter,
                        first,
                        last,
                        consumer.path("ack_floor").path("stream_seq").asLong()));
            }
        }
        open = cut; // what comes until then is never handed out
    }

    /** {@return whether all that was handed out has been looked at; what has ended is removed} */
    private boolean step(Walk walk) {
        List<Stored> found = new ArrayList<>();
        while (found.size() < STEP && walk.from <= walk.last) {
            Stored stored = wire.next(names.work, walk.from, walk.filter);
            if (stored == null || stored.sequence() > walk.last) {
                walk.from = walk.last + 1;
            } else {
                found.add(stored);
                walk.from = stored.sequence() + 1;
            }
        }
        List<CompletableFuture<Boolean>> gone =
                found.stream().map(traces::isOver).toList();
        List<Left> over = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Stored stored = found.get(i);
            Left left = new Left(stored.sequence(), Names.id(stored.subject()), stored.time());
            (Wire.await("look for an ended job", gone.get(i)) ? over : walk.left).add(left);
        }
        remove(over);
        return walk.from > walk.last || walk.left.size() >= MOST_LEFT;
    }

    /** Asks workers, where ended jobs leave no trace. */
    private void removeSettled(Walk walk) {
        for (int i = 0; i < walk.left.size() && !traces.tellAll(); ) {
            List<Left> asked = walk.left.subList(i, Math.min(walk.left.size(), i + MOST_ASKED));
            Set<Long> settled = store.census()
                    .settled(asked.stream().collect(Collectors.toMap(Left::id, Left::sequence, Math::max)));
            List<Left> over =
                    asked.stream().filter(left -> settled.contains(left.id())).toList();
            remove(over);
            i += asked.size() - over.size();
            asked.removeAll(over);
        }
    }

    private void remove(List<Left> over) {
        over.stream()
                .map(left -> wire.remove(names.work, left.sequence()))
                .toList()
                .forEach(removed -> Wire.await("remove an ended job", removed));
        if (!over.isEmpty()) {
            LOG.info("Removed {} jobs that had ended and that NATS had brought back", over.size());
        }
    }

    /** Decides about what has not ended. */
    private void see(Walk walk, long end) {
        open |= walk.from <= walk.last;
        removeSettled(walk);
        List<Left> acknowledged = new ArrayList<>();
        List<Left> lost = new ArrayList<>();
        List<Left> unclear = new ArrayList<>();
        for (Left left : walk.left) {
            if (!running().containsKey(left.id())) {
                (left.sequence() > walk.floor ? unclear : wasAcknowledged(left) ? acknowledged : lost).add(left);
            }
        }
        remove(acknowledged);
        if (isLate() && isLosing(walk)) {
            lost.addAll(unclear);
        }
        open |= !unclear.isEmpty() || !lost.isEmpty();
        for (Left left : lost) {
            if (System.nanoTime() - end > 0) {
                more = true;
                return;
            }
            if (moves.again(left.id(), left.sequence())) {
                LOG.warn("NATS had lost track of job {}: it is due again", left.id());
            }
        }
    }

    /** Where not all ended jobs are kept: what was taken in before the outage and lies below what its consumer has heard acknowledgements of. */
    private boolean wasAcknowledged(Left left) {
        return !traces.tellAll() && left.time().isBefore(outage);
    }

    private Map<Long, Census.Running> running() {
        Map<Long, Census.Running> known = running;
        if (known == null) {
            known = store.census().running();
            running = known;
        }
        return known;
    }

    /** {@return whether what was handed out and is run by nobody should have come again} */
    private boolean isLate() {
        return System.nanoTime() - begun > store.limits().lease().plus(MARGIN).toNanos();
    }

    /** {@return whether there is more than the consumer waits for acknowledgements of} */
    private boolean isLosing(Walk walk) {
        Set<Long> old = walk.left.stream().map(Left::id).collect(Collectors.toSet());
        long others = running().values().stream()
                .filter(walk::isOf)
                .filter(job -> !old.contains(job.id()))
                .count();
        long awaited = wire.api("CONSUMER.INFO." + names.work + '.' + walk.consumer, null)
                .path("num_ack_pending")
                .asLong();
        return old.size() > awaited - others;
    }
}
