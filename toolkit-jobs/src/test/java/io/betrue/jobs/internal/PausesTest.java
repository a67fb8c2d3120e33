package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final Pauses pauses = new Pauses(Duration.ofMillis(10), Duration.ofMillis(100), new Random(1));

    @Test
    void doublesUpToALimitAndTakesUpToHalfAway() {
        for (int most : new int[] {10, 20, 40, 80, 100, 100, 100}) {
            assertThat(pauses.next()).isBetween(Duration.ofNanos(most * 500_000L), Duration.ofMillis(most));
        }
    }

    @Test
    void differsFromOneToTheNext() {
        assertThat(new Pauses(Duration.ofMillis(10), Duration.ofMillis(10), new Random(1)).next())
                .isNotEqualTo(new Pauses(Duration.ofMillis(10), Duration.ofMillis(10), new Random(2)).next());
    }

    @Test
    void beginsAnewAfterASuccess() {
        for (int i = 0; i < 5; i++) {
            pauses.next();
        }
        pauses.reset();

        assertThat(pauses.next()).isLessThanOrEqualTo(Duration.ofMillis(10));
    }
}
