package io.betrue.commands.internal;

import io.betrue.commands.Call;
import io.betrue.commands.Headers;
import io.betrue.errors.ProblemException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of kind CLIENT for each call that leaves this process, and the histogram {@code rpc.client.call.duration} in seconds, by OpenTelemetry's conventions for RPC. Without
 * an SDK it does nothing. Safe for use by multiple threads.
 */
public final class ClientSpans {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system.name");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("betrue.transport");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** What the conventions for RPC advise; an SDK's own are for milliseconds. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final boolean enabled;
    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final Attributes own;

    /** One call that has left, until its reply is there. Safe for use by multiple threads. */
    public static final class Sent {
        private static final Sent UNSEEN = new Sent(null, Span.getInvalid(), Attributes.empty(), 0);

        private final @Nullable DoubleHistogram duration;
        private final Span span;
        private final Attributes attributes;
        private final long began;

        private Sent(@Nullable DoubleHistogram duration, Span span, Attributes attributes, long began) {
            this.duration = duration;
            this.span = span;
            this.attributes = attributes;
            this.began = began;
        }

        /**
         * {@return the headers, with the span as their trace}
         *
         * @param headers the headers of the call
         */
        public Headers under(Headers headers) {
            if (!span.getSpanContext().isValid()) {
                return headers;
            }
            Map<String, String> trace = new HashMap<>();
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), trace, (carrier, name, value) -> {
                if (carrier != null) {
                    carrier.put(name, value);
                }
            });
            return headers.and(Headers.of(trace));
        }

        /**
         * Ends the span, and counts the time; to be called once. For a client every failure is an error.
         *
         * @param failure what the call failed with, or null
         */
        public void end(@Nullable ProblemException failure) {
            if (duration == null) {
                return;
            }
            Attributes counted = attributes;
            if (failure != null) {
                String kind = failure.code().name();
                counted = attributes.toBuilder().put(ERROR_TYPE, kind).build();
                span.setAttribute(ERROR_TYPE, kind);
                span.setStatus(StatusCode.ERROR);
            }
            duration.record((System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1), counted);
            span.end();
        }
    }

    /**
     * Sees the calls of one client.
     *
     * @param telemetry where they go
     * @param transport the way the calls go, as {@link Call#transport()} names it
     * @param peer what is known of the other side, as attributes
     */
    public ClientSpans(OpenTelemetry telemetry, String transport, Attributes peer) {
        enabled = telemetry != OpenTelemetry.noop();
        tracer = telemetry.getTracer("io.betrue.commands." + transport);
        duration = telemetry
                .getMeter("io.betrue.commands." + transport)
                .histogramBuilder("rpc.client.call.duration")
                .setUnit("s")
                .setDescription("Duration of commands that were called elsewhere")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
        own = peer.toBuilder().put(SYSTEM, "betrue").put(TRANSPORT, transport).build();
    }

    /**
     * Begins a span below the one that is current, else below the one that the call carries: a gateway sends in another thread than it was called in.
     *
     * @param call the call
     * @return what ends the span
     */
    public Sent begin(Call call) {
        if (!enabled) {
            return Sent.UNSEEN;
        }
        Attributes attributes = own.toBuilder().put(METHOD, call.address()).build();
        Context current = Context.current();
        Context parent = Span.fromContext(current).getSpanContext().isValid()
                ? current
                : W3CTraceContextPropagator.getInstance().extract(current, call.headers(), FromHeaders.INSTANCE);
        Span span = tracer.spanBuilder(call.address())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setAllAttributes(attributes)
                .startSpan();
        return new Sent(duration, span, attributes, System.nanoTime());
    }

    private enum FromHeaders implements TextMapGetter<Headers> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Headers carrier) {
            return carrier.names();
        }

        @Override
        public @Nullable String get(@Nullable Headers carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
