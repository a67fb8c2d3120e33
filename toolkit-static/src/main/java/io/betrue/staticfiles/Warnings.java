package io.betrue.staticfiles;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/** Collects what a load has to warn of, so that it is said once and not again by every load after it. Safe for use by multiple threads. */
final class Warnings {
    private final Map<String, Logger> found = new LinkedHashMap<>();

    /**
     * Adds a warning.
     *
     * @param logger says it, if it is news
     */
    synchronized void add(Logger logger, String text) {
        found.putIfAbsent(text, logger);
    }

    /** {@return the texts} */
    synchronized Set<String> texts() {
        return Set.copyOf(found.keySet());
    }

    /**
     * Logs what is news.
     *
     * @param before what the last load warned of
     */
    synchronized void log(Set<String> before) {
        found.forEach((text, logger) -> {
            if (!before.contains(text)) {
                logger.warn("{}", text);
            }
        });
    }
}
