package io.betrue.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A worker process at one moment.
 *
 * @param id its number, new at each start
 * @param name what it calls itself: host and process
 * @param queues what it takes from; unmodifiable
 * @param startedAt since when, by the store's clock
 * @param silence how long ago it was last heard of
 * @param running how many jobs it holds
 * @param draining whether it stops
 */
public record WorkerInfo(
        long id,
        String name,
        List<String> queues,
        Instant startedAt,
        Duration silence,
        int running,
        boolean draining) {}
