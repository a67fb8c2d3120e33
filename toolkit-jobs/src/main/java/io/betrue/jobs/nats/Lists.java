package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.nats.Places.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Pages of jobs, the newest first. A stream with no more than 100,000 candidates says all their subjects, so that the page is exact; of a larger one the
 * messages that were written last are looked at. Looks at 20,000 messages at most, so that a page may end early where few of many jobs match. Safe for use by
 * multiple threads.
 */
final class Lists {
    static final int MOST_NAMED = 100_000; // by the server, in one answer
    private static final int MOST_LOOKED_AT = 20_000;
    private static final int LEAST_WALKED = 2_000;
    private static final int WINDOW = 256;
    private static final int MOST_MOVED = 100;

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Places places;
    private final long mostNamed;

    Lists(NatsStore store, Places places, long mostNamed) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.places = places;
        this.mostNamed = mostNamed;
    }

    /**
     * Where a job was a moment ago.
     *
     * @param state as in {@link Place}
     * @param stream the stream
     * @param subject the message's
     */
    private record Spot(JobState state, String stream, String subject) {}

    /** One page in the making. */
    private final class Page {
        final JobQuery query;
        final Map<Long, Census.Running> running;
        final NavigableMap<Long, List<Spot>> spots = new TreeMap<>(Comparator.reverseOrder());
        final List<JobInfo> jobs = new ArrayList<>();
        private int looked;
        private int moved;

        Page(JobQuery query, Map<Long, Census.Running> running) {
            this.query = query;
            this.running = running;
        }

        void add(Spot spot) {
            long id = Names.id(spot.subject());
            if (id >= query.before()) {
                return;
            }
            boolean wanted = spot.state() != JobState.QUEUED || mayBe(running.containsKey(id));
            List<Spot> known = spots.computeIfAbsent(id, any -> new ArrayList<>(1));
            if (wanted && !known.contains(spot)) {
                known.add(spot);
            }
            if (known.isEmpty()) {
                spots.remove(id);
            }
        }

        private boolean mayBe(boolean runs) {
            return query.states().contains(runs ? JobState.RUNNING : JobState.QUEUED);
        }

        void fill() {
            Iterator<Map.Entry<Long, List<Spot>>> all = spots.entrySet().iterator();
            while (all.hasNext() && jobs.size() < query.limit() && looked < MOST_LOOKED_AT) {
                Map<Long, List<Asked>> window = new TreeMap<>(Comparator.reverseOrder());
                int size = hasFilter() ? WINDOW : Math.min(WINDOW, query.limit() - jobs.size());
                while (all.hasNext() && window.size() < size) {
                    Map.Entry<Long, List<Spot>> next = all.next();
                    window.put(
                            next.getKey(),
                            next.getValue().stream().map(Lists.this::ask).toList());
                    looked += next.getValue().size();
                }
                window.forEach(this::show);
            }
        }

        private boolean hasFilter() {
            return query.type().isPresent() || query.tag().isPresent();
        }

        private void show(long id, List<Asked> asked) {
            Place newest = null;
            for (Asked one : asked) {
                Stored stored = Wire.await("show a job", one.answer());
                if (stored != null) {
                    Place place = Place.of(one.spot().state(), one.spot().stream(), stored);
                    newest = newest == null || place.writtenAt().isAfter(newest.writtenAt()) ? place : newest;
                }
            }
            if (jobs.size() == query.limit()) {
                return;
            }
            if (newest != null) {
                if (matches(newest.entry())) {
                    jobs.add(places.info(newest, running.get(id)));
                }
            } else if (moved++ < MOST_MOVED) {
                places.find(id)
                        .filter(job ->
                                query.states().contains(job.state()) && matches(job.type(), job.queue(), job.tags()))
                        .ifPresent(jobs::add);
            }
        }

        private boolean matches(Entry entry) {
            return matches(
                    entry.made().type(), entry.made().queue(), entry.made().tags());
        }

        private boolean matches(String type, String queue, List<String> tags) {
            return query.type().map(type::equals).orElse(true)
                    && query.queue().map(queue::equals).orElse(true)
                    && query.tag().map(tags::contains).orElse(true);
        }
    }

    /** A spot that is looked at. */
    private record Asked(Spot spot, CompletableFuture<@Nullable Stored> answer) {}

    private Asked ask(Spot spot) {
        return new Asked(spot, wire.peek(spot.stream(), spot.subject()));
    }

    List<JobInfo> list(JobQuery query) {
        store.leases(); // makes what is missing
        Set<JobState> states = query.states();
        boolean queued = states.contains(JobState.QUEUED);
        boolean due = queued || states.contains(JobState.RUNNING);
        Page page = new Page(query, due ? store.census().running() : Map.of());
        // in the order in which jobs move, so that none is missed that moves meanwhile
        if (states.contains(JobState.DELAYED)) {
            gather(page, JobState.DELAYED, names.later, laters(query));
        }
        if (queued) {
            gather(page, JobState.QUEUED, names.work, works(query));
        } else if (due) {
            page.running.values().forEach(job -> page.add(new Spot(JobState.QUEUED, names.work, job.subject())));
        }
        for (JobState state : Places.ENDED) {
            if (states.contains(state) && store.limits().keeps(state)) {
                gather(page, state, names.ended(state), ended(query, state));
            }
        }
        if (due && states.contains(JobState.DELAYED)) {
            gather(page, JobState.DELAYED, names.later, laters(query));
        }
        page.fill();
        return List.copyOf(page.jobs);
    }

    private String laters(JobQuery query) {
        return query.queue().map(names::laters).orElseGet(names::allLater);
    }

    private String works(JobQuery query) {
        return query.queue().map(names::works).orElseGet(names::allWork);
    }

    private String ended(JobQuery query, JobState state) {
        return query.queue().map(queue -> names.ended(state, queue)).orElseGet(() -> names.allEnded(state));
    }

    private void gather(Page page, JobState state, String stream, String filter) {
        JsonNode info = wire.api("STREAM.INFO." + stream, null).path("state");
        long messages = info.path("messages").asLong();
        if (messages == 0) {
            return;
        }
        if (messages <= mostNamed || page.query.queue().isPresent()) {
            JsonNode named = wire.api(
                    "STREAM.INFO." + stream, Wire.JSON.createObjectNode().put("subjects_filter", filter));
            if (named.path("total").asLong() <= mostNamed) {
                named.path("state")
                        .path("subjects")
                        .fieldNames()
                        .forEachRemaining(subject -> page.add(new Spot(state, stream, subject)));
                return;
            }
        }
        walk(
                page,
                state,
                stream,
                info.path("last_seq").asLong(),
                info.path("first_seq").asLong());
    }

    /** Looks at what was written last: roughly the newest jobs. */
    private void walk(Page page, JobState state, String stream, long last, long first) {
        int looked = 0;
        int found = 0;
        long next = last;
        while (next >= first && looked < MOST_LOOKED_AT && (found < page.query.limit() || looked < LEAST_WALKED)) {
            List<CompletableFuture<@Nullable Stored>> window = new ArrayList<>();
            while (window.size() < WINDOW && next >= first) {
                window.add(wire.peek(stream, next--));
            }
            looked += window.size();
            for (CompletableFuture<@Nullable Stored> answer : window) {
                Stored stored = Wire.await("show a job", answer);
                if (stored != null
                        && Names.id(stored.subject()) < page.query.before()
                        && page.matches(JobMessages.read(stored))) {
                    page.add(new Spot(state, stream, stored.subject()));
                    found++;
                }
            }
        }
    }
}
