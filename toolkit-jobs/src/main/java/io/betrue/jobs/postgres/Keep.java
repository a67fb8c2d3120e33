package io.betrue.jobs.postgres;

import io.betrue.jobs.JobState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long ended jobs are kept.
 *
 * @param times by state; zero means not at all
 */
record Keep(Map<JobState, Duration> times) {
    Keep {
        times = Map.copyOf(times);
    }

    static Map<JobState, Duration> defaults() {
        Map<JobState, Duration> times = new EnumMap<>(JobState.class);
        times.put(JobState.SUCCEEDED, Duration.ofDays(1));
        times.put(JobState.CANCELLED, Duration.ofDays(7));
        times.put(JobState.DEAD, Duration.ofDays(30));
        return times;
    }

    Duration time(JobState state) {
        return times.getOrDefault(state, Duration.ZERO);
    }

    boolean keepsSucceeded() {
        return keeps(JobState.SUCCEEDED);
    }

    boolean keepsCancelled() {
        return keeps(JobState.CANCELLED);
    }

    boolean keepsDead() {
        return keeps(JobState.DEAD);
    }

    private boolean keeps(JobState state) {
        return !time(state).isZero();
    }
}
