package io.betrue.jobs;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A job that recurs.
 * <pre>{@code
 * jobs.schedules().put(Schedule.of("nightly-interest", Cron.parse("0 3 * * *"), INTEREST, new Interest("EUR")).in(ZoneId.of("Europe/Berlin")));
 * }</pre>
 *
 * @param name what it is called: 1 to 100 letters, digits and {@code . _ : / -}
 * @param cron when, in the zone's time
 * @param zone the zone
 * @param misfire what happens to ticks that nobody was there for
 * @param request the job to enqueue at each tick; its delay does not count
 * @param <P> what the job carries
 */
public record Schedule<P>(String name, Cron cron, ZoneId zone, Misfire misfire, JobRequest<P> request) {
    /**
     * Checks the name.
     *
     * @param name what it is called
     * @param cron when
     * @param zone the zone
     * @param misfire what happens to missed ticks
     * @param request the job to enqueue
     * @throws IllegalArgumentException if the name has another shape
     */
    public Schedule {
        Names.check("schedule", name);
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(misfire, "misfire");
        Objects.requireNonNull(request, "request");
    }

    /**
     * Makes a schedule in UTC that runs once for all the ticks it missed.
     *
     * @param name what it is called: 1 to 100 letters, digits and {@code . _ : / -}
     * @param cron when
     * @param type the kind of job
     * @param payload what each job carries
     * @param <P> what the job carries
     * @return the schedule
     */
    public static <P> Schedule<P> of(String name, Cron cron, JobType<P> type, P payload) {
        return new Schedule<>(name, cron, ZoneOffset.UTC, Misfire.ONE, JobRequest.of(type, payload));
    }

    /**
     * {@return a copy that counts in another zone}
     *
     * @param other the zone
     */
    public Schedule<P> in(ZoneId other) {
        return new Schedule<>(name, cron, other, misfire, request);
    }

    /**
     * {@return a copy with another policy}
     *
     * @param policy the policy
     */
    public Schedule<P> onMisfire(Misfire policy) {
        return new Schedule<>(name, cron, zone, policy, request);
    }

    /** What happens to ticks that passed while no worker ran, or the schedule was paused. */
    public enum Misfire {
        /** They are left out; the next tick is the next in the future. */
        SKIP,
        /** One job is enqueued for all of them. */
        ONE,
        /** A job is enqueued for each, at most the last 1,000. */
        ALL
    }
}
