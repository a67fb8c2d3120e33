package io.betrue.jobs.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a worker from the store, each said once when it begins and once when it is over. Safe for use by multiple threads. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final String worker;
    private final Runnable hurry;
    private final Map<String, String> now = new ConcurrentHashMap<>();

    /**
     * Makes a record of troubles.
     *
     * @param hurry is called when one of several is over: the others may be over, too
     */
    Troubles(String worker, Runnable hurry) {
        this.worker = worker;
        this.hurry = hurry;
    }

    void begin(String what, RuntimeException failure) {
        if (now.put(what, what + ": " + failure.getMessage()) == null) {
            LOG.warn("Worker {} cannot {}: {}; trying again until it can", worker, what, failure.getMessage());
        }
    }

    void over(String what) {
        if (!now.isEmpty() && now.remove(what) != null) {
            LOG.info("Worker {} can {} again", worker, what);
            if (!now.isEmpty()) {
                hurry.run();
            }
        }
    }

    /** {@return one of them, or {@code null} when there is none} */
    @Nullable
    String any() {
        return now.values().stream().findAny().orElse(null);
    }
}
