package io.betrue.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue at one moment.
 *
 * @param name its name
 * @param paused whether nothing is taken from it
 * @param queued due jobs that wait
 * @param delayed jobs that wait for their time
 * @param running jobs with workers
 * @param oldest how long the longest waiting due job has waited, or {@code null} when none waits
 */
public record QueueInfo(
        String name,
        boolean paused,
        long queued,
        long delayed,
        long running,
        @Nullable Duration oldest) {}
