package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A key-value bucket whose failures are {@link JobException}s. Safe for use by multiple threads. */
final class Bucket {
    private static final int WRONG_LAST_SEQUENCE = 10_071;

    private final KeyValue values;

    Bucket(KeyValue values) {
        this.values = values;
    }

    /** Something asked of a bucket. */
    @FunctionalInterface
    private interface Question<T extends @Nullable Object> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    /** {@return the entry, or {@code null} when there is none or it was deleted} */
    @Nullable
    KeyValueEntry get(String key) {
        return ask("read " + key, () -> values.get(key));
    }

    /** {@return the entry's revision} */
    long put(String key, byte[] value) {
        return ask("write " + key, () -> values.put(key, value));
    }

    /** {@return the new revision, or empty when the key has a value already} */
    OptionalLong create(String key, byte[] value) {
        return changed("write " + key, () -> values.create(key, value));
    }

    /** {@return the new revision, or empty when the key has another revision by now} */
    OptionalLong update(String key, byte[] value, long revision) {
        return changed("write " + key, () -> values.update(key, value, revision));
    }

    /** {@return whether it was removed; not when the key has another revision by now} */
    boolean delete(String key, long revision) {
        return changed("remove " + key, () -> {
                    values.purge(key, revision);
                    return revision;
                })
                .isPresent();
    }

    /** Removes a key, whatever it has. */
    void delete(String key) {
        ask("remove " + key, () -> {
            values.purge(key);
            return true;
        });
    }

    /** Removes the marks that removed keys leave after half an hour. */
    void forgetDeleted() {
        ask("forget what was removed", () -> {
            values.purgeDeletes();
            return true;
        });
    }

    /** Tells of all entries and then of each change, until it is closed. */
    NatsKeyValueWatchSubscription watch(KeyValueWatcher watcher) {
        return ask("watch " + values.getBucketName(), () -> values.watchAll(watcher));
    }

    static boolean isThere(KeyValueEntry entry) {
        return entry.getOperation() == KeyValueOperation.PUT;
    }

    static byte[] value(KeyValueEntry entry) {
        byte[] value = entry.getValue();
        return value == null ? new byte[0] : value;
    }

    private OptionalLong changed(String what, Question<Long> question) {
        return ask(what, () -> {
            try {
                return OptionalLong.of(question.ask());
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                    return OptionalLong.empty();
                }
                throw e;
            }
        });
    }

    private <T extends @Nullable Object> T ask(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS was asked to " + what, e);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new JobException("NATS did not " + what + ": " + e.getMessage(), e);
        }
    }
}
