package io.betrue.jobs.nats;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobState;
import io.betrue.jobs.nats.Changes.Tried;
import io.betrue.jobs.nats.Places.Place;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives jobs another time from outside, or runs them again. Safe for use by multiple threads. */
final class Moves {
    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Places places;
    private final Changes changes;

    Moves(NatsStore store, Places places, Changes changes) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.places = places;
        this.changes = changes;
    }

    boolean retry(long id) {
        return changes.change(id, found -> {
            Place place = found.get(0);
            Entry entry = place.entry();
            return switch (place.state()) {
                case DELAYED -> toWork(found, entry.waiting(0, null, entry.error()), "retried");
                case DEAD, CANCELLED -> {
                    Entry wanted = entry.waiting(0, null, lastError(place));
                    Entry holding = takeKey(wanted);
                    yield holding == null ? Tried.MAY_NOT : toWork(found, holding, "retried");
                }
                default -> Tried.MAY_NOT;
            };
        });
    }

    /** {@return the error of the last attempt; what ended a job may be something else} */
    private @Nullable String lastError(Place place) {
        if (place.state() == JobState.DEAD) {
            return place.entry().error();
        }
        Predicate<JobEvent> isError =
                event -> event.kind() == JobEvent.Kind.ERROR || event.kind() == JobEvent.Kind.RESCUED;
        return store.events().of(place.entry().id()).stream()
                .filter(isError)
                .reduce((one, next) -> next)
                .map(JobEvent::text)
                .orElse(null);
    }

    /** {@return the job with its key, or {@code null} when another has that by now} */
    private @Nullable Entry takeKey(Entry entry) {
        String key = entry.made().uniqueKey();
        if (key == null) {
            return entry;
        }
        if (entry.made().uniqueFor() != null) {
            Keys.Holder holder = store.keys().holderOf(key);
            return holder == null || holder.job() == entry.id() ? entry : null;
        }
        Keys.Holder holder = store.keys().take(key, entry.id(), entry.made());
        return holder.job() == entry.id() ? entry.holdingKey(holder.sequence()) : null;
    }

    /** Makes a job due. The place among those that are due takes one message, so that of two who do this one is refused. */
    private Tried toWork(List<Place> found, Entry wanted, String text) {
        Place place = found.get(0);
        long id = wanted.id();
        String queue = wanted.made().queue();
        for (Place left : found) {
            if (left.state() == JobState.QUEUED) {
                if (changes.runs(id)) {
                    return Tried.MAY_NOT;
                }
                wire.delete(left.stream(), left.sequence()); // left over from before
            }
        }
        store.ensureQueue(queue);
        store.census().allow(id);
        changes.forget(id);
        long written;
        try {
            written = wire.publish(
                    names.work(queue, wanted.made().priority(), id),
                    JobMessages.moved(wanted),
                    JobMessages.body(wanted));
        } catch (Refused e) {
            if (e.isSubjectTaken()) {
                return Tried.MOVED;
            }
            throw Inserts.full(e);
        }
        if (!changes.remove(place) && changes.takenBack(id, names.work, written)) {
            return Tried.MOVED; // somebody else has done something with it
        }
        changes.note(id, place.entry().attempt(), text);
        return Tried.DONE;
    }

    boolean reschedule(long id, Instant time) {
        String text = "rescheduled for " + time;
        return changes.change(id, found -> {
            Place place = found.get(0);
            if (place.state().isFinished()) {
                return Tried.MAY_NOT;
            }
            boolean later = time.isAfter(store.clock().now());
            if (place.state() == JobState.DELAYED) {
                Entry entry = place.entry();
                if (!later) {
                    return toWork(found, entry.waiting(entry.attempt(), null, entry.error()), text);
                }
                Tried tried = delay(found, entry, time);
                if (tried == Tried.DONE) {
                    changes.note(entry, text);
                }
                return tried;
            }
            return later ? putOff(found, time, text) : leave(place, text);
        });
    }

    /** Has a job delivered anew, as another message, that lies where it was and that the server has lost track of. */
    boolean again(long id, long sequence) {
        return changes.change(id, found -> {
            Place place = found.get(0);
            return place.state() == JobState.QUEUED && place.sequence() == sequence
                    ? putOff(found, store.clock().now(), "NATS had lost track of it")
                    : Tried.MAY_NOT;
        });
    }

    private Tried leave(Place place, String text) {
        if (store.census().running(place.entry().id()) != null) {
            return Tried.MAY_NOT;
        }
        changes.note(places.current(place), text);
        return Tried.DONE;
    }

    private Tried delay(List<Place> found, Entry entry, Instant time) {
        Entry wanted = entry.waiting(entry.attempt(), ServerClock.atMost(time), entry.error());
        long written = changes.write(names.later(entry.made().queue(), entry.id()), wanted, found, JobState.DELAYED);
        return written == 0 ? Tried.MOVED : Tried.DONE;
    }

    /** Lets a job wait for its time that was due. */
    private Tried putOff(List<Place> found, Instant time, String text) {
        Place place = found.get(0);
        long id = place.entry().id();
        if (changes.runs(id)) {
            return Tried.MAY_NOT;
        }
        try {
            Entry entry = places.current(place);
            Entry wanted = entry.waiting(entry.attempt(), ServerClock.atMost(time), entry.error());
            long written = changes.write(names.later(entry.made().queue(), id), wanted, found, JobState.DELAYED);
            if (written == 0) {
                return Tried.MOVED;
            }
            if (!wire.delete(place.stream(), place.sequence()) && changes.takenBack(id, names.later, written)) {
                return Tried.MOVED;
            }
            changes.forget(id);
            changes.note(entry, text);
            return Tried.DONE;
        } finally {
            store.census().allow(id);
        }
    }
}
