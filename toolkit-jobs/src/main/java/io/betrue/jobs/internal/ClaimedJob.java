package io.betrue.jobs.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that this process may run, until it says how that went or is taken for dead.
 *
 * @param id its number
 * @param lease which claim this is; every later write must match it
 * @param type the name of its type
 * @param version the version of the payload
 * @param queue where it came from
 * @param attempt which attempt this is, from 1
 * @param attempts all attempts allowed
 * @param timeout of this attempt
 * @param payload JSON
 * @param tags its marks
 * @param enqueuedAt when it was handed in
 * @param trace the W3C trace context it was handed in with, or {@code null}
 */
public record ClaimedJob(
        long id,
        long lease,
        String type,
        int version,
        String queue,
        int attempt,
        int attempts,
        Duration timeout,
        String payload,
        List<String> tags,
        Instant enqueuedAt,
        @Nullable String trace) {}
