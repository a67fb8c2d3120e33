package io.betrue.jobs.nats;

import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs are. Whoever moves a job writes it to the new place before it is removed from the old one, so that a job may be found twice; what was written
 * last counts. Asks the leaders of the streams, which know what was written a moment ago. Safe for use by multiple threads.
 */
final class Places {
    static final List<JobState> ENDED = List.of(JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD);

    private static final int LOOKS = 3;

    private final NatsStore store;
    private final Wire wire;
    private final Names names;
    private final Leases leases;

    Places(NatsStore store) {
        this.store = store;
        this.wire = store.wire();
        this.names = store.names();
        this.leases = new Leases(store);
    }

    /**
     * A job at one place.
     *
     * @param state what it is there; {@code QUEUED} also where it may run
     * @param stream the stream
     * @param sequence its number in the stream
     * @param writtenAt when it was written there
     * @param entry what the message says
     */
    record Place(JobState state, String stream, long sequence, Instant writtenAt, Entry entry) {
        static Place of(JobState state, String stream, Stored stored) {
            return new Place(state, stream, stored.sequence(), stored.time(), JobMessages.read(stored));
        }
    }

    /** {@return all places where a job is found, the one that counts first; none when it is nowhere} */
    List<Place> of(long id) {
        store.leases(); // makes what is missing
        List<Place> found = look(id);
        // it may have moved from where was not yet looked to where was
        for (int i = 1; i < LOOKS && found.isEmpty(); i++) {
            found = look(id);
        }
        return found;
    }

    private List<Place> look(long id) {
        List<Place> found = new ArrayList<>();
        look(found, JobState.DELAYED, names.later, names.anyLater(id));
        look(found, JobState.QUEUED, names.work, names.anyWork(id));
        for (JobState state : ENDED) {
            if (store.limits().keeps(state)) {
                look(found, state, names.ended(state), names.anyEnded(state, id));
            }
        }
        found.sort(Comparator.comparing(Place::writtenAt).reversed());
        return found;
    }

    private void look(List<Place> found, JobState state, String stream, String subject) {
        Stored stored = wire.last(stream, subject);
        if (stored != null) {
            found.add(Place.of(state, stream, stored));
        }
    }

    Optional<JobInfo> find(long id) {
        List<Place> found = of(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Place place = found.get(0);
        Census.Running running =
                place.state() == JobState.QUEUED ? store.census().running(id) : null;
        return Optional.of(info(place, running));
    }

    /** {@return a job as it is shown, where it is known whether it runs} */
    JobInfo info(Place place, Census.@Nullable Running running) {
        Entry entry = current(place);
        if (place.state() != JobState.QUEUED || running == null) {
            return entry.info(place.state());
        }
        return running(entry, running);
    }

    private static JobInfo running(Entry entry, Census.Running running) {
        JobInfo waiting = entry.info(JobState.RUNNING);
        return new JobInfo(
                waiting.id(),
                JobState.RUNNING,
                waiting.type(),
                waiting.version(),
                waiting.queue(),
                waiting.priority(),
                running.attempt(),
                waiting.attempts(),
                waiting.timeout(),
                waiting.payload(),
                waiting.tags(),
                waiting.uniqueKey(),
                waiting.enqueuedAt(),
                null,
                running.startedAt(),
                null,
                running.workerName(),
                running.progress(),
                running.message(),
                null,
                waiting.error());
    }

    /** {@return what the message says, and what happened to the job since, where that was written down} */
    Entry current(Place place) {
        Entry entry = place.entry();
        if (place.state() != JobState.QUEUED) {
            return entry;
        }
        Leases.Lease record = leases.of(entry.id());
        if (record == null || record.sequence() != place.sequence()) {
            return entry; // nothing is known, or of an earlier message
        }
        String error = record.error() == null ? entry.error() : record.error();
        Instant started = record.startedAt() == null ? entry.startedAt() : record.startedAt();
        return entry.waiting(record.attempt(), entry.runAt(), error).startedAt(started);
    }
}
