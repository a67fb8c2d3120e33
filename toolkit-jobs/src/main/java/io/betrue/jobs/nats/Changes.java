package io.betrue.jobs.nats;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.nats.Places.Place;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is done to jobs from outside. Each change is decided by one message: whoever removes the job from where it is has changed it, and whoever finds it gone
 * looks again. Safe for use by multiple threads.
 */
final class Changes {
    private static final int TRIES = 10;
    private static final String CANCEL = "cancel.";
    private static final String EXPECTED = "Nats-Expected-Last-Subject-Sequence";
    private static final byte[] NOTHING = {};

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Places places;

    Changes(NatsStore store, Places places) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.places = places;
    }

    /** What became of one try. */
    private enum Tried {
        DONE,
        MAY_NOT,
        /** Somebody else has done something with it meanwhile. */
        MOVED
    }

    /** One try with a job, by all places where it was found. */
    @FunctionalInterface
    private interface Try {
        Tried with(List<Place> found);
    }

    /** {@return whether it was done} */
    private boolean change(long id, Try attempt) {
        for (int i = 0; i < TRIES; i++) {
            List<Place> found = places.of(id);
            Tried tried = found.isEmpty() ? Tried.MAY_NOT : attempt.with(found);
            if (tried != Tried.MOVED) {
                return tried == Tried.DONE;
            }
        }
        throw new JobException("job " + id + " moves too fast; try again");
    }

    boolean cancel(long id) {
        boolean[] told = {false};
        boolean done = change(id, found -> {
            Place place = found.get(0);
            if (place.state().isFinished()) {
                return Tried.MAY_NOT;
            }
            if (runs(id)) {
                told[0] = true;
                return tell(place.entry());
            }
            return end(found);
        });
        if (!done && told[0]) {
            forget(CANCEL + id); // it ended before it heard
        }
        return done || told[0];
    }

    /** Keeps workers from beginning a job. */
    private boolean runs(long id) {
        return store.census().withhold(id) == Census.Held.RUNNING;
    }

    private Tried tell(Entry entry) {
        long id = entry.id();
        if (store.leases().create(CANCEL + id, NOTHING).isPresent()) {
            Census.Running running = store.census().running(id);
            note(id, running == null ? entry.attempt() + 1 : running.attempt(), "asked to end while it ran");
        }
        return store.census().cancel(id) == Census.Held.RUNNING ? Tried.DONE : Tried.MOVED;
    }

    /** Ends a job that waits. It is written as cancelled before it is removed from where it waits. */
    private Tried end(List<Place> found) {
        Place place = found.get(0);
        Entry entry = places.current(place);
        Entry ended = entry.ended(entry.attempt(), store.clock().now(), null, "cancelled while it waited", null);
        String queue = entry.made().queue();
        long written = 0;
        if (store.limits().keeps(JobState.CANCELLED)) {
            written = write(names.ended(JobState.CANCELLED, queue, entry.id()), ended, found, JobState.CANCELLED);
            if (written == 0) {
                return Tried.MOVED;
            }
        }
        if (!wire.delete(place.stream(), place.sequence())) {
            if (written != 0) {
                wire.delete(names.ended(JobState.CANCELLED), written);
            }
            return Tried.MOVED;
        }
        removeRest(found);
        store.keys().free(entry);
        forget(entry.id());
        note(entry, "cancelled while it waited");
        return Tried.DONE;
    }

    /** {@return the number of the message, or 0 when somebody else has written there meanwhile} */
    private long write(String subject, Entry entry, List<Place> found, JobState state) {
        long known = found.stream()
                .filter(place -> place.state() == state)
                .mapToLong(Place::sequence)
                .findFirst()
                .orElse(0);
        Headers headers = JobMessages.moved(entry).add(EXPECTED, Long.toString(known));
        try {
            return wire.publish(subject, headers, JobMessages.body(entry));
        } catch (Refused e) {
            if (e.isWrongLastSequence()) {
                return 0;
            }
            throw Inserts.full(e);
        }
    }

    /** Removes a job from where it is left over, and from where a job that waited for its time was moved to meanwhile. */
    private void removeRest(List<Place> found) {
        found.stream()
                .skip(1)
                .filter(place -> !place.state().isFinished())
                .forEach(place -> wire.delete(place.stream(), place.sequence()));
        Place place = found.get(0);
        if (place.state() == JobState.DELAYED) {
            Stored moved = wire.last(names.work, names.anyWork(place.entry().id()));
            if (moved != null) {
                wire.delete(names.work, moved.sequence());
            }
        }
    }

    boolean retry(long id) {
        return change(id, found -> {
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
                if (runs(id)) {
                    return Tried.MAY_NOT;
                }
                wire.delete(left.stream(), left.sequence()); // left over from before
            }
        }
        store.ensureQueue(queue);
        store.census().allow(id);
        forget(id);
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
        if (!wire.delete(place.stream(), place.sequence()) && wire.delete(names.work, written)) {
            return Tried.MOVED; // somebody else has done something with it
        }
        note(id, place.entry().attempt(), text);
        return Tried.DONE;
    }

    boolean reschedule(long id, Instant time) {
        String text = "rescheduled for " + time;
        return change(id, found -> {
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
                    note(entry, text);
                }
                return tried;
            }
            return later ? putOff(found, time, text) : leave(place, text);
        });
    }

    private Tried leave(Place place, String text) {
        if (store.census().running(place.entry().id()) != null) {
            return Tried.MAY_NOT;
        }
        note(places.current(place), text);
        return Tried.DONE;
    }

    private Tried delay(List<Place> found, Entry entry, Instant time) {
        Entry wanted = entry.waiting(entry.attempt(), ServerClock.atMost(time), entry.error());
        long written = write(names.later(entry.made().queue(), entry.id()), wanted, found, JobState.DELAYED);
        return written == 0 ? Tried.MOVED : Tried.DONE;
    }

    /** Lets a job wait for its time that was due. */
    private Tried putOff(List<Place> found, Instant time, String text) {
        Place place = found.get(0);
        long id = place.entry().id();
        if (runs(id)) {
            return Tried.MAY_NOT;
        }
        try {
            Entry entry = places.current(place);
            Entry wanted = entry.waiting(entry.attempt(), ServerClock.atMost(time), entry.error());
            long written = write(names.later(entry.made().queue(), id), wanted, found, JobState.DELAYED);
            if (written == 0) {
                return Tried.MOVED;
            }
            if (!wire.delete(place.stream(), place.sequence())) {
                wire.delete(names.later, written);
                return Tried.MOVED;
            }
            forget(id);
            note(entry, text);
            return Tried.DONE;
        } finally {
            store.census().allow(id);
        }
    }

    boolean discard(long id) {
        return change(id, found -> {
            Place place = found.get(0);
            if (!place.state().isFinished() && runs(id)) {
                return Tried.MAY_NOT;
            }
            if (!wire.delete(place.stream(), place.sequence())) {
                return Tried.MOVED;
            }
            removeRest(found);
            found.stream()
                    .skip(1)
                    .filter(left -> left.state().isFinished())
                    .forEach(left -> wire.delete(left.stream(), left.sequence()));
            store.keys().free(place.entry());
            store.events().remove(id);
            forget(id);
            return Tried.DONE;
        });
    }

    private void note(Entry entry, String text) {
        note(entry.id(), entry.attempt(), text);
    }

    private void note(long id, int attempt, String text) {
        store.events().add(id, attempt, JobEvent.Kind.CONTROL, text, null);
    }

    private void forget(long id) {
        forget(Long.toString(id));
        forget(CANCEL + id);
    }

    private void forget(String key) {
        if (store.leases().get(key) != null) {
            store.leases().delete(key);
        }
    }
}
