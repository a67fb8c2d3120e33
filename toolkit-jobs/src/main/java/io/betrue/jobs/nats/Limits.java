package io.betrue.jobs.nats;

import io.betrue.jobs.JobState;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bounds of what is kept.
 *
 * @param replicas copies of each stream in a cluster
 * @param waiting jobs that are due or run, at most
 * @param delayed jobs that wait for their time, at most
 * @param ended ended jobs of each state, at most; older ones go first
 * @param keep how long ended jobs are kept, by state; zero means not at all
 * @param lease how long the server waits for a sign of life of whoever took a job
 */
record Limits(int replicas, long waiting, long delayed, long ended, Map<JobState, Duration> keep, Duration lease) {
    Limits {
        keep = Collections.unmodifiableMap(new EnumMap<>(keep));
    }

    static Map<JobState, Duration> keptByDefault() {
        Map<JobState, Duration> times = new EnumMap<>(JobState.class);
        times.put(JobState.SUCCEEDED, Duration.ofDays(1));
        times.put(JobState.CANCELLED, Duration.ofDays(7));
        times.put(JobState.DEAD, Duration.ofDays(30));
        return times;
    }

    boolean keeps(JobState state) {
        return !keep.getOrDefault(state, Duration.ZERO).isZero();
    }

    Duration longestKept() {
        return keep.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
