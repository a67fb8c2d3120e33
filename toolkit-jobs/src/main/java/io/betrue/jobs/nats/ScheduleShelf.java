package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of schedules in the control bucket, read as its leader knows them and changed only as they were read. Safe for use by multiple threads. */
final class ScheduleShelf {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleShelf.class);
    private static final int TRIES = 20;

    private final NatsStore store;

    ScheduleShelf(NatsStore store) {
        this.store = store;
    }

    /**
     * A record as it was read.
     *
     * @param key where it stands
     * @param revision the revision of the key; of its removal where there is no record
     * @param record what it says, or {@code null} where there is none
     */
    record Kept(String key, long revision, @Nullable ScheduleRecord record) {}

    static String key(String name) {
        return Roster.SCHEDULE + Names.token(name);
    }

    private String stream() {
        return "KV_" + store.names().control;
    }

    private String subject(String key) {
        return "$KV." + store.names().control + '.' + key;
    }

    Kept get(String key) {
        Stored stored = store.wire().last(stream(), subject(key));
        return stored == null ? new Kept(key, 0, null) : kept(stored);
    }

    private static Kept kept(Stored stored) {
        String key = stored.subject().substring(stored.subject().lastIndexOf(Roster.SCHEDULE));
        boolean there = stored.headers().getFirst("KV-Operation") == null;
        return new Kept(key, stored.sequence(), there ? read(key, stored) : null);
    }

    private static @Nullable ScheduleRecord read(String key, Stored stored) {
        try {
            return ScheduleRecord.read(stored.body());
        } catch (JobException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("The record {} cannot be read, so there is no such schedule", key, e);
            return null;
        }
    }

    /** {@return all records, by name} */
    List<Kept> all() {
        store.controls();
        TreeMap<String, Kept> byName = new TreeMap<>();
        long from = 1;
        Stored stored = next(from);
        while (stored != null) {
            Kept kept = kept(stored);
            if (kept.record() != null) {
                byName.put(kept.record().name(), kept);
            }
            stored = next(stored.sequence() + 1);
        }
        return new ArrayList<>(byName.values());
    }

    private @Nullable Stored next(long from) {
        return store.wire().next(stream(), from, subject(Roster.SCHEDULE + '*'));
    }

    /** {@return the new revision, or empty when somebody else was first} */
    OptionalLong write(Kept was, ScheduleRecord record) {
        byte[] written = record.write();
        OptionalLong revision = store.controls().update(was.key(), written, was.revision());
        if (revision.isPresent()) { // the watch tells this process later
            store.roster()
                    .changed(
                            was.key(),
                            revision.getAsLong(),
                            written,
                            store.clock().now());
        }
        return revision;
    }

    /**
     * Changes a record, however often others do meanwhile.
     *
     * @param change answers what is to stand there, or the same to write nothing
     * @return whether there is one
     */
    boolean change(String name, UnaryOperator<@Nullable ScheduleRecord> change) {
        store.controls();
        for (int i = 0; i < TRIES; i++) {
            Kept was = get(key(name));
            ScheduleRecord wanted = change.apply(was.record());
            if (Objects.equals(wanted, was.record())
                    || (wanted != null && write(was, wanted).isPresent())) {
                return wanted != null;
            }
        }
        throw changesTooFast(name);
    }

    boolean remove(String name) {
        store.controls();
        for (int i = 0; i < TRIES; i++) {
            Kept was = get(key(name));
            if (was.record() == null) {
                return false;
            }
            if (store.controls().delete(was.key(), was.revision())) {
                store.roster()
                        .changed(
                                was.key(),
                                was.revision() + 1,
                                null,
                                store.clock().now());
                return true;
            }
        }
        throw changesTooFast(name);
    }

    private static JobException changesTooFast(String name) {
        return new JobException("schedule " + name + " is changed by others too fast; try again");
    }
}
