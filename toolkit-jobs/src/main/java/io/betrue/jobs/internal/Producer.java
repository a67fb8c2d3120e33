package io.betrue.jobs.internal;

import io.betrue.jobs.JobRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Spans of whoever enqueues, by OpenTelemetry's semantic conventions for messaging. Safe for use by multiple threads. */
public final class Producer {
    private final boolean enabled;
    private final Tracer tracer;

    /**
     * Makes spans.
     *
     * @param telemetry where they go; {@link OpenTelemetry#noop()} for nowhere
     */
    public Producer(OpenTelemetry telemetry) {
        this.enabled = telemetry != OpenTelemetry.noop();
        this.tracer = telemetry.getTracer("io.betrue.jobs");
    }

    /** {@return the W3C trace context of this thread, or {@code null}} */
    public static @Nullable String trace() {
        if (!Span.current().getSpanContext().isValid()) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), fields, (map, key, value) -> {
            if (map != null) {
                map.put(key, value);
            }
        });
        return fields.get("traceparent");
    }

    /**
     * {@return what the sending came to}
     *
     * @param requests what is sent
     * @param sending sends it, in a span of its own
     * @param <T> what it comes to
     */
    public <T> T sends(List<? extends JobRequest<?>> requests, Supplier<T> sending) {
        if (!enabled) {
            return sending.get();
        }
        String queue = requests.get(0).type().queue();
        Span span = tracer.spanBuilder("send " + queue)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "betrue_jobs")
                .setAttribute("messaging.operation.name", "send")
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", queue)
                .setAttribute("messaging.batch.message_count", (long) requests.size())
                .startSpan();
        try {
            return Context.current().with(span).wrapSupplier(sending).get();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }
}
