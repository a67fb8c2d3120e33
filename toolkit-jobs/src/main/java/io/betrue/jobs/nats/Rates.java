package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.jobs.WorkerConfig.Rate;
import io.nats.client.api.KeyValueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits of how many jobs of a queue start, over all workers: token buckets, whose entries change only where they are what was read. */
final class Rates {
    private static final int TRIES = 20;
    private static final String KEY = "rate.";

    private final NatsStore store;

    Rates(NatsStore store) {
        this.store = store;
    }

    /** {@return how many of the wanted jobs may start; as many tokens are taken} */
    int take(String queue, Rate rate, int wanted) {
        return change(queue, rate, wanted);
    }

    /** Puts back tokens of jobs that did not start. */
    void giveBack(String queue, Rate rate, int count) {
        if (count > 0) {
            change(queue, rate, -count);
        }
    }

    private int change(String queue, Rate rate, int wanted) {
        String key = KEY + Names.token(queue);
        for (int i = 0; i < TRIES; i++) {
            KeyValueEntry entry = store.controls().get(key);
            Instant now = store.clock().now();
            double tokens = tokens(entry, rate, now);
            int granted = (int) Math.min(wanted, Math.floor(tokens));
            if (granted == 0) {
                return 0;
            }
            byte[] next = Wire.write(Map.of("tokens", tokens - granted, "at", now.toString()));
            boolean written = entry == null
                    ? store.controls().create(key, next).isPresent()
                    : store.controls().update(key, next, entry.getRevision()).isPresent();
            if (written) {
                return granted;
            }
        }
        return 0;
    }

    /** {@return how long until another job may start} */
    Duration wait(String queue, Rate rate) {
        KeyValueEntry entry = store.controls().get(KEY + Names.token(queue));
        double missing = 1 - tokens(entry, rate, store.clock().now());
        double nanos = missing * (double) rate.period().toNanos() / rate.jobs();
        return Duration.ofNanos((long) Math.ceil(Math.max(1e6, nanos)));
    }

    private static double tokens(@Nullable KeyValueEntry entry, Rate rate, Instant now) {
        if (entry == null || !Bucket.isThere(entry)) {
            return rate.jobs();
        }
        JsonNode json = Wire.read(Bucket.value(entry));
        Duration since = Duration.between(Instant.parse(json.path("at").asText()), now);
        double grown = (double) Math.max(0, since.toMillis())
                / (double) Math.max(1, rate.period().toMillis())
                * rate.jobs();
        return Math.min(rate.jobs(), json.path("tokens").asDouble() + grown);
    }
}
