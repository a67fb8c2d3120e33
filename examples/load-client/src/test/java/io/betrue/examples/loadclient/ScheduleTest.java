package io.betrue.examples.loadclient;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void isSteadyWithoutARamp() {
        Schedule schedule = new Schedule(50, ofSeconds(4), ZERO);
        assertThat(schedule.count()).isEqualTo(200);
        assertThat(schedule.at(0)).isZero();
        assertThat(schedule.at(50)).isEqualTo(SECOND);
        assertThat(schedule.at(199)).isEqualTo(3_980_000_000L);
    }

    @Test
    void growsEvenlyAndIsSteadyThen() {
        Schedule schedule = new Schedule(100, ofSeconds(30), ofSeconds(10));
        assertThat(schedule.count()).as("half as many while it grows").isEqualTo(500 + 2_000);
        assertThat(sentBefore(schedule, 5)).as("rate 50 at the middle").isCloseTo(125, within(1L));
        assertThat(sentBefore(schedule, 10)).isCloseTo(500, within(1L));
        assertThat(sentBefore(schedule, 20)).isCloseTo(1_500, within(1L));
        assertThat(schedule.at(2_499)).isLessThan(30 * SECOND);
        assertThat(LongStream.range(0, 2_500).map(schedule::at).toArray()).isSorted();
    }

    private static long sentBefore(Schedule schedule, int seconds) {
        return LongStream.range(0, schedule.count())
                .filter(request -> schedule.at(request) < seconds * SECOND)
                .count();
    }

    @Test
    void refusesToGrowForLongerThanTheRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule(100, ofSeconds(10), ofSeconds(11)))
                .withMessage("ramp must not be longer than duration");
    }
}
