package io.betrue.commands.gateway;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;

/** What is counted of one target that may fail; OpenTelemetry has no conventions for it. Without an SDK it does nothing. Safe for use by multiple threads. */
final class ResilienceMetrics {
    private static final AttributeKey<String> TARGET = AttributeKey.stringKey("betrue.target");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("betrue.breaker.state");

    private final Attributes target;
    private final LongCounter tries;
    private final LongCounter refusals;
    private final LongCounter changes;

    /** What a breaker can be. */
    enum State {
        OPEN,
        HALF_OPEN,
        CLOSED
    }

    ResilienceMetrics(OpenTelemetry telemetry, String name) {
        Meter meter = telemetry.getMeter("io.betrue.commands.gateway");
        target = Attributes.of(TARGET, name);
        tries = meter.counterBuilder("betrue.gateway.tries")
                .setUnit("{call}")
                .setDescription("Further tries of calls")
                .build();
        refusals = meter.counterBuilder("betrue.gateway.refusals")
                .setUnit("{call}")
                .setDescription("Calls that were not sent because their target is left alone")
                .build();
        changes = meter.counterBuilder("betrue.gateway.breaker.changes")
                .setUnit("{change}")
                .setDescription("Changes of the circuit breaker, by what it became")
                .build();
    }

    /** Counts a further try. */
    void tried() {
        tries.add(1, target);
    }

    /** Counts a call that was not sent. */
    void refused() {
        refusals.add(1, target);
    }

    /** Counts a change of the breaker. */
    void became(State state) {
        changes.add(
                1,
                target.toBuilder()
                        .put(STATE, state.name().toLowerCase(Locale.ROOT))
                        .build());
    }
}
