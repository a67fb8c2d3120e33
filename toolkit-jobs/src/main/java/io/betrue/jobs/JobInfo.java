package io.betrue.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the store knows it at one moment. All times are by the store's clock.
 *
 * @param id its number
 * @param state where it stands
 * @param type the name of its type
 * @param version the version of its payload
 * @param queue where it waits or waited
 * @param priority -100 to 100, the higher first
 * @param attempt attempts begun, 0 before the first
 * @param attempts attempts allowed
 * @param timeout how long one attempt may take
 * @param payload what it carries, as JSON
 * @param tags its marks; unmodifiable
 * @param uniqueKey the key it was enqueued with, or {@code null}
 * @param enqueuedAt when it was handed in
 * @param runAt when it becomes due, or {@code null} where it is not waiting for a time
 * @param startedAt when its last attempt was claimed, or {@code null} before the first
 * @param finishedAt when it ended, or {@code null} before
 * @param worker who runs it, or ran it when it ended; {@code null} while it waits, and where it ended waiting
 * @param progress how far it is, 0 to 1, or {@code null} when it never said
 * @param progressMessage what it last said with its progress, or {@code null}
 * @param result what it came to, as JSON, or {@code null}
 * @param error what ended it; the last error while it waits or runs; {@code null} where there was none, and where it succeeded
 */
public record JobInfo(
        long id,
        JobState state,
        String type,
        int version,
        String queue,
        int priority,
        int attempt,
        int attempts,
        Duration timeout,
        String payload,
        List<String> tags,
        @Nullable String uniqueKey,
        Instant enqueuedAt,
        @Nullable Instant runAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String worker,
        @Nullable Double progress,
        @Nullable String progressMessage,
        @Nullable String result,
        @Nullable String error) {}
