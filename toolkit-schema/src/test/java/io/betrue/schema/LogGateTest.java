package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogGateTest {
    private final AtomicLong clock = new AtomicLong(-5); // the nanoseconds of the JVM may be below zero
    private final LogGate gate = new LogGate(clock::get);

    @Test
    void letsTenLinesASecondInAndCountsTheOthers() {
        for (int i = 0; i < 10; i++) {
            assertThat(gate.enter()).isZero();
        }
        for (int i = 0; i < 7; i++) {
            assertThat(gate.enter()).isEqualTo(-1);
        }
        clock.addAndGet(999_999_999);
        assertThat(gate.enter()).isEqualTo(-1);
        clock.addAndGet(1);
        assertThat(gate.enter()).isEqualTo(8);
        assertThat(gate.enter()).isZero();
    }
}
