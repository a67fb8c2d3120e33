package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    private Duration now = ZERO;
    private final Steadiness steadiness = new Steadiness(ofSeconds(10), () -> now.toNanos());

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void countsWhileBeatsComeInTime() {
        for (int i = 0; i < 4; i++) {
            pass(15);
            steadiness.heard();
        }
        pass(7);
        assertThat(steadiness.span()).isEqualTo(ofSeconds(67));
    }

    @Test
    void isZeroInAGapAndCountsAgainAfterIt() {
        pass(16);
        assertThat(steadiness.span()).isEqualTo(ZERO);
        steadiness.heard();
        pass(5);
        assertThat(steadiness.span()).isEqualTo(ofSeconds(5));
    }

    @Test
    void isZeroForAWorkerThatWasTakenForDead() {
        pass(10);
        steadiness.lost();
        pass(13);
        assertThat(steadiness.span()).isEqualTo(ZERO);
        steadiness.heard();
        pass(5);
        assertThat(steadiness.span()).isEqualTo(ofSeconds(5));
    }
}
