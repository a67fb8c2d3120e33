package io.betrue.jobs.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many jobs of limited types this worker holds over all its queues. Safe for use by multiple threads. */
final class TypeLimits {
    private final Map<String, Integer> most;
    private final Map<String, Integer> held = new HashMap<>();

    TypeLimits(Map<String, Integer> most) {
        this.most = most;
    }

    Set<String> types() {
        return most.keySet();
    }

    /** {@return how many more the worker may take, beside what it is about to ask for} */
    synchronized int free(String type, List<Lane> asked) {
        int asking = asked.stream()
                .filter(lane -> type.equals(lane.onlyType()))
                .mapToInt(Lane::room)
                .sum();
        return most.getOrDefault(type, 0) - held.getOrDefault(type, 0) - asking;
    }

    synchronized void took(String type) {
        if (most.containsKey(type)) {
            held.merge(type, 1, Integer::sum);
        }
    }

    synchronized void done(String type) {
        held.computeIfPresent(type, (key, count) -> count == 1 ? null : count - 1);
    }
}
