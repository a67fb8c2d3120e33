package io.betrue.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Call;
import io.betrue.commands.Measured;
import io.betrue.commands.Nothing;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted of a target that fails. */
class ResilienceMetricsTest {
    @RegisterExtension
    final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    private final AtomicInteger failures = new AtomicInteger();

    private Target target(Duration pause) {
        Target service = call -> failures.getAndDecrement() > 0
                ? CompletableFuture.failedFuture(
                        StandardError.UNAVAILABLE.problem().toException())
                : CompletableFuture.completedFuture(Reply.of(Payload.of(Nothing.NOTHING)));
        return Resilience.around(
                "ledger",
                service,
                r -> r.retries(1, Duration.ofNanos(1))
                        .breaker(50, 10, Duration.ofMinutes(1), pause)
                        .telemetry(telemetry.getOpenTelemetry()));
    }

    private static final Call BALANCE =
            Call.to("ledger/balance").repeatable(true).build();

    private static void refused(Target target) {
        assertThatThrownBy(() -> target.call(BALANCE)).isInstanceOf(ProblemException.class);
    }

    private long counted(String metric, String... values) {
        return Measured.of(telemetry, metric, values);
    }

    @Test
    void countsFurtherTries() {
        failures.set(1);
        assertThat(target(Duration.ofMinutes(1)).call(BALANCE).status()).isEqualTo(200);
        assertThat(counted("betrue.gateway.tries", "ledger")).isEqualTo(1);
    }

    @Test
    void countsWhatIsNotSentWhileTheTargetIsLeftAlone() {
        failures.set(10);
        Target target = target(Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            refused(target); // twice each
        }
        assertThat(counted("betrue.gateway.breaker.changes", "ledger", "open")).isEqualTo(1);
        refused(target);
        assertThat(counted("betrue.gateway.refusals", "ledger")).isEqualTo(1);
    }

    @Test
    void countsThatTheTargetDoesWellAgain() {
        failures.set(10);
        Target target = target(Duration.ofNanos(1));
        for (int i = 0; i < 5; i++) {
            refused(target);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(target.call(BALANCE).status()).isEqualTo(200);
        }
        assertThat(counted("betrue.gateway.breaker.changes", "ledger", "half_open"))
                .isEqualTo(1);
        assertThat(counted("betrue.gateway.breaker.changes", "ledger", "closed"))
                .isEqualTo(1);
    }
}
