package io.betrue.jobs.internal;

import io.betrue.jobs.JobContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Counts how many are inside at once, and how many were at most. Safe for use by multiple threads. */
public final class Crowd {
    public final Map<String, Integer> most = new ConcurrentHashMap<>();
    private final Map<String, Integer> inside = new ConcurrentHashMap<>();

    public void enter(String where) {
        most.merge(where, inside.merge(where, 1, Integer::sum), Math::max);
    }

    public void leave(String where) {
        inside.merge(where, -1, Integer::sum);
    }

    /** A job is inside its queue and its type for a while. */
    public void visit(JobContext job, long nanos) {
        enter(job.queue());
        enter(job.type());
        LockSupport.parkNanos(nanos);
        leave(job.type());
        leave(job.queue());
    }
}
