package io.betrue.commands.internal;

import io.betrue.commands.Call;
import io.betrue.commands.Headers;
import io.betrue.errors.ProblemException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span of kind CLIENT for each call that leaves this process, by OpenTelemetry's conventions for RPC. Without an SDK it does nothing. Safe for use by multiple threads. */
public final class ClientSpans {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system.name");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("betrue.transport");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final boolean enabled;
    private final Tracer tracer;
    private final Attributes own;

    /**
     * Makes spans of one client.
     *
     * @param telemetry where they go
     * @param transport the way the calls go, as {@link Call#transport()} names it
     * @param peer what is known of the other side, as attributes
     */
    public ClientSpans(OpenTelemetry telemetry, String transport, Attributes peer) {
        enabled = telemetry != OpenTelemetry.noop();
        tracer = telemetry.getTracer("io.betrue.commands." + transport);
        own = peer.toBuilder().put(SYSTEM, "betrue").put(TRANSPORT, transport).build();
    }

    /**
     * Begins a span below the one that is current, else below the one that the call carries: a gateway sends in another thread than it was called in.
     *
     * @param call the call
     * @return the span; one that is not valid if nothing records
     */
    public Span begin(Call call) {
        if (!enabled) {
            return Span.getInvalid();
        }
        Context current = Context.current();
        Context parent = Span.fromContext(current).getSpanContext().isValid()
                ? current
                : W3CTraceContextPropagator.getInstance().extract(current, call.headers(), FromHeaders.INSTANCE);
        return tracer.spanBuilder(call.address())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setAllAttributes(own)
                .setAttribute(METHOD, call.address())
                .startSpan();
    }

    /**
     * {@return the headers, with the span as their trace}
     *
     * @param span the span
     * @param headers the headers of the call
     */
    public static Headers under(Span span, Headers headers) {
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
     * Ends a span; for a client every failure is an error.
     *
     * @param span the span
     * @param failure what the call failed with, or null
     */
    public static void end(Span span, @Nullable ProblemException failure) {
        if (failure != null) {
            span.setAttribute(ERROR_TYPE, failure.code().name());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
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
