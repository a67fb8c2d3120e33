package io.betrue.jobs;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the store knows it.
 *
 * @param name its name
 * @param cron the expression
 * @param zone the zone it counts in
 * @param misfire what happens to missed ticks
 * @param type the name of the job's type
 * @param payload what each job carries, as JSON
 * @param paused whether it enqueues nothing
 * @param next the next tick, by the store's clock, or {@code null} when none will ever come
 * @param last the tick that was enqueued last, or {@code null} before the first
 * @param lastJob the number of the last job, or {@code null} before the first
 */
public record ScheduleInfo(
        String name,
        String cron,
        ZoneId zone,
        Schedule.Misfire misfire,
        String type,
        String payload,
        boolean paused,
        @Nullable Instant next,
        @Nullable Instant last,
        @Nullable Long lastJob) {}
