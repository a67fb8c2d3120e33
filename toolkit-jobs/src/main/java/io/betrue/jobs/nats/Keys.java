package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.betrue.jobs.internal.NewJob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unique keys: one message for each in a stream that takes one for each subject and refuses the second, so that the server decides who was first, also
 * after it was restarted. Safe for use by multiple threads.
 */
final class Keys {
    private static final int TRIES = 10;
    private static final int HASHED = 18;
    /** Whoever took the key may not have written its job yet. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Wire wire;
    private final Names names;
    private final Limits limits;
    private final ServerClock clock;

    Keys(Wire wire, Names names, Limits limits, ServerClock clock) {
        this.wire = wire;
        this.names = names;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Who has a key.
     *
     * @param job the number of its job
     * @param sequence the number of the message that says so
     */
    record Holder(long job, long sequence) {}

    /** {@return who has the key from now on: the job that wants it, or another} */
    Holder take(String key, long id, NewJob made) {
        String subject = names.key(hash(key));
        Duration period = made.uniqueFor();
        byte[] record = Wire.write(
                period == null
                        ? Map.of("job", id)
                        : Map.of(
                                "job",
                                id,
                                "until",
                                ServerClock.later(clock.now(), period).toString()));
        for (int i = 0; i < TRIES; i++) {
            try {
                return new Holder(id, wire.publish(subject, null, record));
            } catch (Refused e) {
                if (!e.isSubjectTaken()) {
                    throw e;
                }
            }
            Holder other = holder(subject);
            if (other != null) {
                return other;
            }
        }
        throw new JobException("a unique key changes hands too fast; try again");
    }

    /** {@return who has a key, or {@code null} when nobody has} */
    @Nullable
    Holder holderOf(String key) {
        return holder(names.key(hash(key)));
    }

    /** {@return who has a key, or {@code null} when nobody has; a record that counts no longer is removed} */
    private @Nullable Holder holder(String subject) {
        Stored stored = wire.last(names.keys, subject);
        if (stored == null) {
            return null;
        }
        if (counts(stored)) {
            return new Holder(Wire.read(stored.body()).path("job").asLong(), stored.sequence());
        }
        wire.delete(names.keys, stored.sequence());
        return null;
    }

    /** {@return whether a record still keeps others away} */
    boolean counts(Stored stored) {
        JsonNode record = Wire.read(stored.body());
        String until = record.path("until").asText("");
        if (!until.isEmpty()) {
            return clock.now().isBefore(Instant.parse(until));
        }
        return stored.time().plus(FRESH).isAfter(clock.now())
                || isThere(record.path("job").asLong());
    }

    /** {@return whether a job waits or runs; it may move from place to place meanwhile} */
    boolean isThere(long id) {
        return isDue(id) || wire.last(names.later, names.anyLater(id)) != null || isDue(id);
    }

    /** A server that was killed may bring back what it had removed: the message of a job that has ended since is removed again. */
    private boolean isDue(long id) {
        Stored due = wire.last(names.work, names.anyWork(id));
        if (due == null) {
            return false;
        }
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED)) {
            Stored ended = limits.keeps(state) ? wire.last(names.ended(state), names.anyEnded(state, id)) : null;
            if (ended != null && ended.time().isAfter(due.time())) {
                wire.delete(names.work, due.sequence());
                return false;
            }
        }
        return true;
    }

    /** Frees the key of a job that has ended, unless it is taken for a period. */
    void free(Entry entry) {
        if (entry.keySequence() != 0 && entry.made().uniqueFor() == null) {
            wire.delete(names.keys, entry.keySequence());
        }
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(digest, HASHED));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
