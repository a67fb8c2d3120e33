package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Who has what was delivered more than once, or may have been: a record for each such job in a bucket, which only changes where it is what the writer has
 * read. JetStream itself takes an acknowledgement from whoever sends one. Safe for use by multiple threads.
 */
final class Leases {
    static final int DELIVERED_BITS = 10;
    private static final String CANCEL = "cancel.";
    private static final String REMOVED = "KV-Operation"; // of a message that says a key is gone (ADR-8)

    private final NatsStore store;

    Leases(NatsStore store) {
        this.store = store;
    }

    /** What the record says of a job. */
    enum State {
        /** Somebody runs it. */
        RUNNING,
        /** Somebody gave it back to the server, which delivers it again. */
        BACK,
        /** It has ended, or went elsewhere: the message is to be acknowledged and forgotten. */
        ENDED
    }

    /**
     * A record.
     *
     * @param lease the delivery it is about, as far as {@link Delivery#lease} tells them apart
     * @param delivered how often the message had been delivered by then; exact, where the lease stops counting
     * @param attempt attempts begun that count
     * @param state what became of it
     * @param rescues how often its worker died
     * @param worker who wrote this; empty where it only passed on that somebody died
     * @param error the last error, or {@code null}
     * @param startedAt when the last attempt was claimed, or {@code null}
     * @param revision of the bucket's entry; 0 before it is written
     */
    record Lease(
            long lease,
            long delivered,
            int attempt,
            State state,
            int rescues,
            String worker,
            @Nullable String error,
            @Nullable Instant startedAt,
            long revision) {
        /** {@return a record of a delivery that is not written yet} */
        static Lease of(
                Delivery delivery,
                int attempt,
                State state,
                int rescues,
                String worker,
                @Nullable String error,
                @Nullable Instant startedAt) {
            return new Lease(
                    delivery.lease(), delivery.delivered, attempt, state, rescues, worker, error, startedAt, 0);
        }

        long sequence() {
            return lease >> DELIVERED_BITS;
        }

        /** {@return less than zero, zero or more as this is of an earlier delivery, of this one, or of a later one} */
        int against(Delivery delivery) {
            return sequence() == delivery.sequence
                    ? Long.compare(delivered, delivery.delivered)
                    : Long.compare(sequence(), delivery.sequence);
        }

        byte[] write() {
            ObjectNode json = Wire.JSON
                    .createObjectNode()
                    .put("lease", lease)
                    .put("delivered", delivered)
                    .put("attempt", attempt)
                    .put("state", state.name())
                    .put("rescues", rescues)
                    .put("worker", worker);
            if (error != null) {
                json.put("error", error);
            }
            if (startedAt != null) {
                json.put("started", startedAt.toString());
            }
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }

        static Lease read(KeyValueEntry entry) {
            return read(Bucket.value(entry), entry.getRevision());
        }

        static Lease read(byte[] value, long revision) {
            JsonNode json = Wire.read(value);
            long lease = json.path("lease").asLong();
            return new Lease(
                    lease,
                    json.path("delivered").asLong(lease & ((1L << DELIVERED_BITS) - 1)), // older releases wrote none
                    json.path("attempt").asInt(),
                    State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
                    json.path("rescues").asInt(),
                    json.path("worker").asText(),
                    json.has("error") ? json.path("error").asText() : null,
                    json.has("started") ? Instant.parse(json.path("started").asText()) : null,
                    revision);
        }
    }

    static long number(long sequence, long delivered) {
        return (sequence << DELIVERED_BITS) | delivered;
    }

    /** {@return the record of a job, or {@code null}} */
    @Nullable
    Lease of(long id) {
        KeyValueEntry entry = store.leases().get(Long.toString(id));
        return entry == null || !Bucket.isThere(entry) ? null : Lease.read(entry);
    }

    /** {@return the record if it is of the message that is delivered, or {@code null}} */
    static @Nullable Lease about(Delivery delivery, @Nullable Lease found) {
        return found != null && found.sequence() == delivery.sequence ? found : null;
    }

    /** {@return whether the record is written now; not when it is no longer the one that was read} */
    boolean write(long id, @Nullable Lease read, Lease wanted) {
        OptionalLong revision = read == null
                ? store.leases().create(Long.toString(id), wanted.write())
                : store.leases().update(Long.toString(id), wanted.write(), read.revision());
        return revision.isPresent();
    }

    /** Writes a record of a job that is surely this session's. */
    CompletableFuture<Long> put(long id, Lease wanted) {
        return store.wire().send(subject(id), null, wanted.write());
    }

    private String subject(long id) {
        return "$KV." + store.names().leases + '.' + id;
    }

    /**
     * Writes of a job that comes again, and that nobody has looked at here, what is known of its attempts: whoever is given it next must not take it for one that never began.
     *
     * @return completes with whether it is still this session's
     */
    CompletableFuture<Boolean> passOn(Delivery delivery) {
        return store.wire()
                .askLast("KV_" + store.names().leases, subject(delivery.id()))
                .thenCompose(stored -> {
                    boolean there = stored != null && stored.headers().getFirst(REMOVED) == null;
                    Lease found = there ? Lease.read(stored.body(), stored.sequence()) : null;
                    Lease record = about(delivery, found);
                    if (record != null && record.state() == State.ENDED) {
                        return CompletableFuture.completedFuture(true);
                    }
                    return replace(
                            delivery.id(), stored == null ? 0 : stored.sequence(), passedOn(delivery, found, record));
                });
    }

    private static Lease passedOn(Delivery delivery, @Nullable Lease found, @Nullable Lease record) {
        Past past = Past.of(delivery, record);
        return Lease.of(
                delivery,
                past.begun(),
                past.died() ? State.RUNNING : State.BACK,
                found == null ? 0 : found.rescues(),
                record == null ? "" : record.worker(),
                record == null ? delivery.lastError : record.error(),
                record == null ? null : record.startedAt());
    }

    private CompletableFuture<Boolean> replace(long id, long revision, Lease wanted) {
        Headers expected = new Headers().add(Wire.EXPECTED, Long.toString(revision));
        return store.wire().send(subject(id), expected, wanted.write()).handle((written, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof Refused refused && refused.isWrongLastSequence()) {
                return false;
            }
            if (failure != null) {
                throw new CompletionException(cause);
            }
            return true;
        });
    }

    /** Removes what is kept of a job. */
    void forget(Delivery delivery) {
        if (delivery.hasLease || delivery.isAgain()) {
            store.leases().delete(Long.toString(delivery.id()));
        }
        if (delivery.cancelWanted) {
            store.leases().delete(CANCEL + delivery.id());
        }
    }

    /** Removes the record of a job if it is of a delivery. */
    void forgetOwn(Delivery delivery) {
        Lease record = of(delivery.id());
        if (record != null && record.against(delivery) == 0) {
            store.leases().delete(Long.toString(delivery.id()), record.revision());
        }
    }

    boolean isToBeCancelled(long id) {
        KeyValueEntry entry = store.leases().get(CANCEL + id);
        return entry != null && Bucket.isThere(entry);
    }
}
