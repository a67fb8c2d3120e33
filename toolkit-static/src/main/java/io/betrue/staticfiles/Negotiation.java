package io.betrue.staticfiles;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the representation for an Accept-Encoding: the coding of the highest weight, of equal ones the smallest, and no coding only where the
 * client prefers it. A client that refuses everything gets the bytes as they are. Safe for use by multiple threads.
 */
final class Negotiation {
    private static final int MOST_CACHED = 256;
    private static final int LONGEST_CACHED = 200;

    /** Browsers send a handful of different values; whoever sends more is read each time. */
    private final ConcurrentMap<String, AcceptEncoding> cache = new ConcurrentHashMap<>();

    Representation choose(Entry.Resource resource, @Nullable String acceptEncoding) {
        List<Representation> encoded = resource.encoded();
        if (encoded.isEmpty() || acceptEncoding == null || acceptEncoding.isEmpty()) {
            return resource.identity();
        }
        AcceptEncoding accepted = accepted(acceptEncoding);
        Representation best = resource.identity();
        int weight = 0;
        for (int i = 0; i < encoded.size(); i++) {
            Representation candidate = encoded.get(i);
            String coding = candidate.coding();
            int its = coding == null ? 0 : accepted.of(coding);
            if (its > weight) {
                best = candidate;
                weight = its;
            }
        }
        return accepted.identity() > weight ? resource.identity() : best;
    }

    private AcceptEncoding accepted(String value) {
        AcceptEncoding known = cache.get(value);
        if (known != null) {
            return known;
        }
        AcceptEncoding read = AcceptEncoding.parse(value);
        if (value.length() <= LONGEST_CACHED && cache.size() < MOST_CACHED) {
            cache.put(value, read);
        }
        return read;
    }

    /** {@return how many values are remembered} */
    int cached() {
        return cache.size();
    }
}
