package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopRequestTest {
    @Test
    void endsAtOnceOnlyOnSecondSignal() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        StopRequest stop = new StopRequest(Duration.ofHours(1), ended::incrementAndGet);
        assertThat(stop.isRequested()).isFalse();
        stop.signal();
        assertThat(stop.isRequested()).isTrue();
        assertThat(stop.await()).isZero();
        assertThat(ended).hasValue(0);
        stop.signal();
        assertThat(ended).hasValue(1);
    }

    @Test
    void keepsFirstStatus() throws Exception {
        StopRequest stop = new StopRequest(Duration.ofHours(1), () -> {});
        assertThat(stop.request(1)).isTrue();
        assertThat(stop.request(0)).isFalse();
        assertThat(stop.await()).isEqualTo(1);
    }

    @Test
    void endsWhenItTakesTooLong() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        new StopRequest(Duration.ofMillis(1), ended::countDown).signal();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
