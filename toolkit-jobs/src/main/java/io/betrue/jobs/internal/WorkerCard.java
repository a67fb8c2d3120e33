package io.betrue.jobs.internal;

import io.betrue.jobs.WorkerConfig.Rate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How a worker introduces itself to the store.
 *
 * @param name host and process
 * @param queues what it takes from
 * @param rates limits over all workers, by queue
 * @param heartbeat how often it beats; it is dead after three silent intervals
 */
public record WorkerCard(String name, Set<String> queues, Map<String, Rate> rates, Duration heartbeat) {}
