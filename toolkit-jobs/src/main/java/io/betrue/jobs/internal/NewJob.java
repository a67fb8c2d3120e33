package io.betrue.jobs.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way into the store, written out.
 *
 * @param type the name of its type
 * @param version the version of the payload
 * @param queue where it goes
 * @param priority -100 to 100
 * @param attempts all attempts allowed
 * @param timeout of one attempt
 * @param payload JSON
 * @param tags its marks
 * @param uniqueKey the type's name, a colon, the caller's key; or {@code null}
 * @param uniqueFor how long the key is taken, or {@code null} for as long as the job waits or runs
 * @param delay the wait from now, or {@code null}
 * @param runAt the time, or {@code null}; never together with {@code delay}
 * @param trace the W3C trace context to go on with, or {@code null}
 */
public record NewJob(
        String type,
        int version,
        String queue,
        int priority,
        int attempts,
        Duration timeout,
        String payload,
        List<String> tags,
        @Nullable String uniqueKey,
        @Nullable Duration uniqueFor,
        @Nullable Duration delay,
        @Nullable Instant runAt,
        @Nullable String trace) {}
