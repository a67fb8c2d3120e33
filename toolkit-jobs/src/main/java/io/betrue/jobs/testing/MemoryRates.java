package io.betrue.jobs.testing;

import io.betrue.jobs.WorkerConfig.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many jobs of limited queues may start: a bucket for each. Guarded by the lock of its store. */
final class MemoryRates {
    private final Map<String, Bucket> buckets = new HashMap<>();

    private record Bucket(double tokens, Instant at) {}

    boolean take(String queue, Rate rate, Instant now) {
        double tokens = tokens(queue, rate, now);
        if (tokens < 1) {
            return false;
        }
        buckets.put(queue, new Bucket(tokens - 1, now));
        return true;
    }

    /** {@return how long until another job may start; zero for now} */
    Duration wait(String queue, Rate rate, Instant now) {
        double missing = 1 - tokens(queue, rate, now);
        return missing <= 0
                ? Duration.ZERO
                : Duration.ofNanos(
                        (long) Math.ceil(missing * (double) rate.period().toNanos() / rate.jobs()));
    }

    private double tokens(String queue, Rate rate, Instant now) {
        Bucket bucket = buckets.get(queue);
        if (bucket == null) {
            return rate.jobs();
        }
        double grown = (double) Duration.between(bucket.at(), now).toNanos()
                / (double) rate.period().toNanos()
                * rate.jobs();
        return Math.min(rate.jobs(), bucket.tokens() + grown);
    }
}
