package io.betrue.jobs.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a consumer could not take: its attempts are used up, or its job was cancelled or removed. Later events of its key wait behind it.
 *
 * @param consumer whose it is
 * @param id the event
 * @param type the code of its type
 * @param key its key, or {@code null} where no order is kept
 * @param publishedAt when it was written
 * @param job the number of the job that brought it; the job's timeline has the errors while it is kept
 * @param waiting how many later events of its key wait behind it
 * @param error the last error, or {@code null} where there was none or the job is gone
 */
public record DeadEvent(
        String consumer,
        UUID id,
        String type,
        @Nullable String key,
        Instant publishedAt,
        long job,
        long waiting,
        @Nullable String error) {}
