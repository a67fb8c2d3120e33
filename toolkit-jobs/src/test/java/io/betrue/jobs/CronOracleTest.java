package io.betrue.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Holds expressions at random to an oracle that steps from minute to minute. */
class CronOracleTest {
    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Asia/Beirut"),
            ZoneId.of("Africa/Casablanca"),
            ZoneId.of("Pacific/Chatham"));
    private static final Duration WINDOW = Duration.ofDays(12);

    @Test
    void ticksAsAnOracleThatStepsFromMinuteToMinute() {
        RandomGenerator random = new Random(20261121);
        CronExpressions expressions = new CronExpressions(random);
        int ticks = 0;
        for (int i = 0; i < 300; i++) {
            CronExpressions.Expression expression = expressions.any();
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            Instant start = start(zone, random);

            List<ZonedDateTime> expected = oracle(expression, zone, start);
            assertThat(ticks(Cron.parse(expression.toString()), start.atZone(zone)))
                    .as("%s in %s from %s", expression, zone, start)
                    .isEqualTo(expected);
            ticks += expected.size();
        }
        assertThat(ticks).isGreaterThan(30_000);
    }

    /** Some time in twenty years; nine times out of ten in the week before clocks change. */
    private static Instant start(ZoneId zone, RandomGenerator random) {
        Instant any =
                Instant.parse("2020-01-01T00:00:00Z").plus(random.nextInt(20 * 365 * 24 * 60), ChronoUnit.MINUTES);
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        return change == null || random.nextInt(10) == 0
                ? any
                : change.getInstant().minus(random.nextInt(7 * 24 * 60), ChronoUnit.MINUTES);
    }

    private static List<ZonedDateTime> ticks(Cron cron, ZonedDateTime start) {
        Instant end = start.toInstant().plus(WINDOW);
        List<ZonedDateTime> ticks = new ArrayList<>();
        Optional<ZonedDateTime> tick = cron.next(start);
        while (tick.isPresent() && !tick.get().toInstant().isAfter(end)) {
            ticks.add(tick.get());
            tick = cron.next(tick.get());
        }
        return ticks;
    }

    private static List<ZonedDateTime> oracle(CronExpressions.Expression expression, ZoneId zone, Instant start) {
        boolean followsTheClock =
                expression.minute().isStar() || expression.hour().isStar();
        List<ZonedDateTime> ticks = new ArrayList<>();
        for (Instant minute = start.plusSeconds(60);
                !minute.isAfter(start.plus(WINDOW));
                minute = minute.plusSeconds(60)) {
            ZonedDateTime time = minute.atZone(zone);
            boolean repeated = !time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
            boolean tick = expression.matches(time.toLocalDateTime()) && (followsTheClock || !repeated);
            if (tick || (!followsTheClock && leftOut(expression, zone, minute))) {
                ticks.add(time);
            }
        }
        return ticks;
    }

    private static boolean leftOut(CronExpressions.Expression expression, ZoneId zone, Instant minute) {
        LocalDateTime before = minute.minusSeconds(60).atZone(zone).toLocalDateTime();
        LocalDateTime now = minute.atZone(zone).toLocalDateTime();
        for (LocalDateTime time = before.plusMinutes(1); time.isBefore(now); time = time.plusMinutes(1)) {
            if (expression.matches(time)) {
                return true;
            }
        }
        return false;
    }
}
