package io.betrue.commands.hub;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongUpDownCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans and metrics of a hub, by OpenTelemetry's conventions for messaging: a PRODUCER span where an event is sent, and below it, in the same trace, a CONSUMER span on each node that gives
 * it to connections. Without an SDK it does nothing. Safe for use by multiple threads.
 */
final class HubTelemetry implements AutoCloseable {
    private static final String SCOPE = "io.betrue.commands.hub";
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> AUDIENCE = AttributeKey.stringKey("betrue.hub.audience");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("betrue.hub.outcome");
    private static final AttributeKey<Long> TAKEN = AttributeKey.longKey("betrue.hub.taken");
    private static final AttributeKey<Long> REFUSED = AttributeKey.longKey("betrue.hub.refused");
    private static final String OURS = "betrue_hub";

    private final boolean enabled;
    private final Tracer tracer;
    private final Meter meter;
    private final LongCounter sent;
    private final LongCounter delivered;
    private volatile List<ObservableLongUpDownCounter> watched = List.of();

    HubTelemetry(OpenTelemetry telemetry) {
        enabled = telemetry != OpenTelemetry.noop();
        tracer = telemetry.getTracer(SCOPE);
        meter = telemetry.getMeter(SCOPE);
        sent = meter.counterBuilder("messaging.client.sent.messages")
                .setUnit("{message}")
                .setDescription("Events that were sent here")
                .build();
        delivered = meter.counterBuilder("betrue.hub.deliveries")
                .setUnit("{delivery}")
                .setDescription("Events that were given to connections of this node")
                .build();
    }

    /** Counts what there is, when it is asked for. */
    void watch(LongSupplier connections, LongSupplier rooms) {
        if (enabled) {
            watched = List.of(
                    gauge("betrue.hub.connections", "{connection}", "Connections that the hub knows", connections),
                    gauge("betrue.hub.rooms", "{room}", "Rooms that are open on this node", rooms));
        }
    }

    private ObservableLongUpDownCounter gauge(String name, String unit, String description, LongSupplier value) {
        return meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
    }

    /**
     * Sends an event in a span of its own.
     *
     * @param sending sends it with the {@code traceparent} that it is given, or without one
     */
    CompletionStage<Void> sends(
            Audience audience, String event, Function<@Nullable String, CompletionStage<Void>> sending) {
        if (!enabled) {
            return sending.apply(null);
        }
        Span span = span("send", event)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute(OPERATION_TYPE, "send")
                .setAttribute(AUDIENCE, audience.part().kind().name().toLowerCase(Locale.ROOT))
                .startSpan();
        try {
            return sending.apply(traceparent(span)).whenComplete((done, failure) -> sent(span, event, failure));
        } catch (RuntimeException e) {
            sent(span, event, e);
            throw e;
        }
    }

    private SpanBuilder span(String operation, String event) {
        return tracer.spanBuilder(operation + " " + event)
                .setAttribute(SYSTEM, OURS)
                .setAttribute(OPERATION, operation)
                .setAttribute(DESTINATION, event);
    }

    private void sent(Span span, String event, @Nullable Throwable failure) {
        Attributes attributes = Attributes.of(SYSTEM, OURS, OPERATION, "send", DESTINATION, event);
        if (failure != null) {
            String kind = failure.getClass().getName();
            attributes = attributes.toBuilder().put(ERROR_TYPE, kind).build();
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, kind);
        }
        sent.add(1, attributes);
        span.end();
    }

    private static @Nullable String traceparent(Span span) {
        Map<String, String> fields = new HashMap<>(2);
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), fields, (map, name, value) -> {
            if (map != null) {
                map.put(name, value);
            }
        });
        return fields.get("traceparent");
    }

    /** {@return what counts to whom an event goes on this node} */
    Delivery delivers(Envelope event) {
        return enabled ? new Delivery(this, event.text("event"), event.trace()) : Delivery.UNCOUNTED;
    }

    /** {@return what counts to whom an event goes on this node, below the span with which it was sent} */
    Delivery delivers(String event, @Nullable String trace) {
        return enabled ? new Delivery(this, event, trace) : Delivery.UNCOUNTED;
    }

    /** One event on its way to the connections of this node. Not safe for use by multiple threads. */
    static final class Delivery {
        private static final Delivery UNCOUNTED = new Delivery(null, "", null);

        private final @Nullable HubTelemetry telemetry;
        private final String event;
        private final @Nullable String trace;
        private final Instant began;
        private long taken;
        private long refused;

        private Delivery(@Nullable HubTelemetry telemetry, String event, @Nullable String trace) {
            this.telemetry = telemetry;
            this.event = event;
            this.trace = trace;
            this.began = telemetry == null || trace == null ? Instant.EPOCH : Instant.now();
        }

        /** Counts a connection, which has taken the event, or has not: it is gone, or full. */
        void to(boolean takes) {
            if (telemetry == null) {
                return;
            }
            if (takes) {
                taken++;
            } else {
                refused++;
            }
        }

        /** Records what was counted; nothing where nobody was there. */
        void end() {
            if (telemetry != null && taken + refused > 0) {
                telemetry.delivered(this);
            }
        }
    }

    private void delivered(Delivery delivery) {
        count(delivery.event, "taken", delivery.taken);
        count(delivery.event, "refused", delivery.refused);
        if (delivery.trace != null) {
            span("deliver", delivery.event)
                    .setSpanKind(SpanKind.CONSUMER)
                    .setParent(W3CTraceContextPropagator.getInstance()
                            .extract(Context.root(), delivery.trace, Traceparent.INSTANCE))
                    .setStartTimestamp(delivery.began)
                    .setAttribute(OPERATION_TYPE, "process")
                    .setAttribute(TAKEN, delivery.taken)
                    .setAttribute(REFUSED, delivery.refused)
                    .startSpan()
                    .end();
        }
    }

    private void count(String event, String outcome, long number) {
        if (number > 0) {
            delivered.add(number, Attributes.of(SYSTEM, OURS, DESTINATION, event, OUTCOME, outcome));
        }
    }

    private enum Traceparent implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals("traceparent") ? carrier : null;
        }
    }

    /** Counts no longer what there is. */
    @Override
    public void close() {
        watched.forEach(ObservableLongUpDownCounter::close);
    }
}
