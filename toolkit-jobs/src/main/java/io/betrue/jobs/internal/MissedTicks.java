package io.betrue.jobs.internal;

import io.betrue.jobs.Cron;
import io.betrue.jobs.Schedule.Misfire;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a schedule that is due.
 *
 * @param wanted the ticks that get a job, the oldest first; none where they are left out
 * @param next the first tick in the future, or {@code null} when none will ever come
 */
public record MissedTicks(List<Instant> wanted, @Nullable Instant next) {
    private static final int MOST_MISSED = 1_000;
    /** Two years of minutes; whatever is older is forgotten. */
    private static final int MOST_COUNTED = 1_000_000;
    /** A tick that is no later than this was not missed: an upkeep may be that late under load. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /**
     * Counts the ticks that have come.
     *
     * @param now the store's time
     * @param cron when
     * @param zone the zone it counts in
     * @param misfire what happens to missed ticks
     * @param first the first tick that nobody has enqueued, not after {@code now}
     * @return what is to be done about them
     */
    public static MissedTicks until(Instant now, Cron cron, ZoneId zone, Misfire misfire, Instant first) {
        Deque<Instant> ticks = new ArrayDeque<>();
        Instant tick = first;
        for (int i = 0; i < MOST_COUNTED && tick != null && !tick.isAfter(now); i++) {
            ticks.addLast(tick);
            if (ticks.size() > MOST_MISSED) {
                ticks.removeFirst();
            }
            tick = next(cron, tick, zone);
        }
        return new MissedTicks(wanted(now, misfire, ticks), next(cron, now, zone));
    }

    private static List<Instant> wanted(Instant now, Misfire misfire, Deque<Instant> missed) {
        Instant latest = missed.getLast();
        return switch (misfire) {
            case ALL -> List.copyOf(missed);
            case ONE -> List.of(latest);
            case SKIP -> latest.plus(LATE).isBefore(now) ? List.of() : List.of(latest);
        };
    }

    /**
     * {@return the next tick, or {@code null} when none will ever come}
     *
     * @param cron when
     * @param after a time
     * @param zone the zone it counts in
     */
    public static @Nullable Instant next(Cron cron, Instant after, ZoneId zone) {
        return cron.next(after.atZone(zone)).map(ZonedDateTime::toInstant).orElse(null);
    }
}
