package io.betrue.commands.ws;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongUpDownCounter;
import java.util.function.LongSupplier;

/** What is counted of connections; OpenTelemetry has no conventions for those of WebSockets. Without an SDK it does nothing. Safe for use by multiple threads. */
final class SocketMetrics implements AutoCloseable {
    private static final AttributeKey<String> ENDED_BY = AttributeKey.stringKey("betrue.websocket.ended_by");

    private final LongCounter ended;
    private final ObservableLongUpDownCounter open;

    SocketMetrics(OpenTelemetry telemetry, LongSupplier connections) {
        Meter meter = telemetry.getMeter("io.betrue.commands.websocket");
        ended = meter.counterBuilder("betrue.websocket.ended")
                .setUnit("{connection}")
                .setDescription("Connections that have ended, and what ended them")
                .build();
        open = meter.upDownCounterBuilder("betrue.websocket.connections")
                .setUnit("{connection}")
                .setDescription("Connections that are open")
                .buildWithCallback(measurement -> measurement.record(connections.getAsLong()));
    }

    /** Counts a connection that has ended. */
    void ended(String by) {
        ended.add(1, Attributes.of(ENDED_BY, by));
    }

    /** Says no longer how many are open. */
    @Override
    public void close() {
        open.close();
    }
}
