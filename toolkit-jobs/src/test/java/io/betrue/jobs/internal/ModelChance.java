package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.betrue.jobs.Cron;
import io.betrue.jobs.JobError;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What is drawn by lot. */
final class ModelChance {
    static final List<String> QUEUES = List.of("q", "r", "slow");
    static final Map<String, Rate> RATES = Map.of("slow", new Rate(4, ofSeconds(8)));
    private static final List<String> TYPES = List.of("a", "b", "c");
    private static final List<Cron> CRONS =
            List.of(Cron.parse("* * * * *"), Cron.parse("*/7 * * * *"), Cron.parse("*/20 * * * * *"));
    private static final JobType<String> NIGHTLY =
            JobType.of("nightly", String.class).queue("r");
    private final Random random;

    ModelChance(Random random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    NewJob newJob(boolean plain, Instant now) {
        String key = plain || percent(40) ? null : any(List.of("once:1", "once:2", "day:1", "day:2", "mix:1"));
        boolean period = key != null && (key.startsWith("day") || (key.startsWith("mix") && percent(50)));
        int when = plain ? 0 : random.nextInt(4);
        return new NewJob(
                any(TYPES),
                1 + random.nextInt(2),
                any(QUEUES),
                random.nextInt(3) - 1,
                1 + random.nextInt(3),
                ofSeconds(30),
                "{\"n\":" + random.nextInt(1_000) + '}',
                percent(20) ? List.of("x", "y:1") : List.of(),
                key,
                period ? any(List.of(ofSeconds(1), ofMinutes(1), ofHours(1))) : null,
                when == 1 ? any(List.of(ZERO, ofMillis(1), ofSeconds(5), ofMinutes(2))) : null,
                when == 2 ? now.plus(any(List.of(ofSeconds(-5), ZERO, ofSeconds(7), ofMinutes(3)))) : null,
                percent(10) ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" : null);
    }

    static String brief(NewJob job) {
        return job.type() + " in " + job.queue() + " priority " + job.priority() + " attempts " + job.attempts()
                + (job.uniqueKey() == null ? "" : " key " + job.uniqueKey() + " for " + job.uniqueFor())
                + (job.delay() == null ? "" : " in " + job.delay())
                + (job.runAt() == null ? "" : " at " + job.runAt());
    }

    List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (String queue : QUEUES) {
            int room = 1 + random.nextInt(3);
            if (percent(55)) {
                lanes.add(new Lane(queue, room, null, Set.of()));
            } else if (!RATES.containsKey(queue) && percent(60)) {
                lanes.add(new Lane(queue, room, null, Set.of("b")));
                lanes.add(new Lane(queue, 1, "b", Set.of()));
            }
        }
        return lanes;
    }

    JobOutcome outcome() {
        Duration delay = any(List.of(ZERO, ZERO, ofSeconds(5), ofMinutes(2)));
        return switch (random.nextInt(8)) {
            case 0, 1 -> new JobOutcome.Succeeded(percent(50) ? null : "{\"sum\":3}");
            case 2, 3 -> new JobOutcome.Retried(delay, error());
            case 4 -> new JobOutcome.Snoozed(delay);
            case 5 -> new JobOutcome.Died(error());
            case 6 -> new JobOutcome.Cancelled("no longer wanted");
            default -> new JobOutcome.Released();
        };
    }

    private JobError error() {
        return new JobError("Boom", percent(30) ? "" : "it broke", percent(50) ? null : "at x");
    }

    Schedule<String> schedule() {
        return Schedule.of("nightly", any(CRONS), NIGHTLY, "tick " + random.nextInt(10))
                .onMisfire(any(List.of(Schedule.Misfire.values())));
    }
}
