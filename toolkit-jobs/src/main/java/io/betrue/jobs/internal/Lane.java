package io.betrue.jobs.internal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has room for in one queue. A claim has at most one lane for each queue and each limited type in it.
 *
 * @param queue the queue
 * @param room how many jobs it takes, at least 1
 * @param onlyType the only type it takes, or {@code null} for all but {@code otherTypes}
 * @param otherTypes types it takes none of; empty when {@code onlyType} is there
 */
public record Lane(String queue, int room, @Nullable String onlyType, Set<String> otherTypes) {
    /** {@return whether a job is of this lane} */
    public boolean takes(ClaimedJob job) {
        return queue.equals(job.queue())
                && (onlyType == null ? !otherTypes.contains(job.type()) : onlyType.equals(job.type()));
    }
}
