package io.betrue.jobs.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Jobs that their handlers have ended in transactions of their own. When such a transaction was committed, the outcome that the engine brings later finds no
 * job: it is not refused, there is nothing to say any more. Safe for use by multiple threads.
 */
final class Completed {
    private static final int MOST = 100_000;

    private final Map<Long, Long> leases = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    });

    void add(long id, long lease) {
        leases.put(id, lease);
    }

    /** {@return whether the job was ended so under this lease; asked once} */
    boolean remove(long id, long lease) {
        return leases.remove(id, lease);
    }
}
