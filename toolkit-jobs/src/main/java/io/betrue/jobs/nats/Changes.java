package io.betrue.jobs.nats;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.nats.Places.Place;
import io.nats.client.impl.Headers;
import java.util.List;

/**
 * What is done to jobs from outside. Each change is decided by one message: whoever removes the job from where it is has changed it, and whoever finds it gone
 * looks again. Safe for use by multiple threads.
 */
final class Changes {
    private static final int TRIES = 10;
    private static final String CANCEL = "cancel.";
    private static final byte[] NOTHING = {};

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Places places;
    private final Turns turns;

    Changes(NatsStore store, Places places) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.places = places;
        this.turns = new Turns(store);
    }

    /** What became of one try. */
    enum Tried {
        DONE,
        MAY_NOT,
        /** Somebody else has done something with it meanwhile. */
        MOVED
    }

    /** One try with a job, by all places where it was found. */
    @FunctionalInterface
    interface Try {
        Tried with(List<Place> found);
    }

    /** {@return whether it was done} */
    boolean change(long id, Try attempt) {
        return turns.inTurn(id, () -> tryAll(id, attempt));
    }

    private boolean tryAll(long id, Try attempt) {
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
    boolean runs(long id) {
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
        if (!remove(place) && (written == 0 || takenBack(entry.id(), names.ended(JobState.CANCELLED), written))) {
            return Tried.MOVED;
        }
        removeRest(found);
        store.keys().free(entry);
        forget(entry.id());
        note(entry, "cancelled while it waited");
        return Tried.DONE;
    }

    /** {@return the number of the message, or 0 when somebody else has written there meanwhile} */
    long write(String subject, Entry entry, List<Place> found, JobState state) {
        long known = found.stream()
                .filter(place -> place.state() == state)
                .mapToLong(Place::sequence)
                .findFirst()
                .orElse(0);
        Headers headers = JobMessages.moved(entry).add(Wire.EXPECTED, Long.toString(known));
        try {
            boolean waits = state == JobState.DELAYED;
            long written = Wire.await(
                    "keep " + subject,
                    store.alarms().send(subject, headers, JobMessages.body(entry), waits ? entry.runAt() : null));
            if (waits && known != 0) {
                store.alarms().takeBack(known);
            }
            return written;
        } catch (Refused e) {
            if (e.isWrongLastSequence()) {
                return 0;
            }
            throw Inserts.full(e);
        }
    }

    /** {@return whether the job was there} */
    boolean remove(Place place) {
        if (place.state() == JobState.DELAYED) {
            store.alarms().takeBack(place.sequence());
        }
        return wire.delete(place.stream(), place.sequence());
    }

    /**
     * Removes what was written of a job that somebody else has removed from where it was, unless it is nowhere else: two who are at it at the same time must
     * not both let go of it.
     *
     * @return whether it was removed
     */
    boolean takenBack(long id, String stream, long written) {
        boolean elsewhere = places.of(id).stream()
                .anyMatch(
                        place -> place.sequence() != written || !place.stream().equals(stream));
        if (elsewhere) {
            wire.delete(stream, written);
        }
        return elsewhere;
    }

    /** Removes a job from where it is left over, and from where one that waited for its time was moved to meanwhile. */
    private void removeRest(List<Place> found) {
        found.stream().skip(1).filter(place -> !place.state().isFinished()).forEach(this::remove);
        Place place = found.get(0);
        if (place.state() == JobState.DELAYED) {
            Stored due = wire.last(names.work, names.anyWork(place.entry().id()));
            String mark = place.entry().id() + "@" + place.sequence();
            if (due != null && mark.equals(due.headers().getFirst(Wire.MESSAGE_ID))) {
                wire.delete(names.work, due.sequence());
            }
        }
    }

    boolean discard(long id) {
        return change(id, found -> {
            Place place = found.get(0);
            if (!place.state().isFinished() && runs(id)) {
                return Tried.MAY_NOT;
            }
            if (!remove(place)) {
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

    void note(Entry entry, String text) {
        note(entry.id(), entry.attempt(), text);
    }

    void note(long id, int attempt, String text) {
        store.events().add(id, attempt, JobEvent.Kind.CONTROL, text, null);
    }

    void forget(long id) {
        forget(Long.toString(id));
        forget(CANCEL + id);
    }

    private void forget(String key) {
        if (store.leases().get(key) != null) {
            store.leases().delete(key);
        }
    }
}
