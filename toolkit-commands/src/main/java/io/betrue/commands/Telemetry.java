package io.betrue.commands;

import io.betrue.errors.ProblemException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call, in the trace of its caller, and the histogram {@code rpc.server.call.duration} in seconds, by OpenTelemetry's conventions for RPC. Handlers run
 * inside the span, so that what they trace is below it. Put it first. Without an SDK it does nothing. Safe for use by multiple threads.
 */
public final class Telemetry implements Interceptor {
    static final String SCOPE = "io.betrue.commands";
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system.name");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("betrue.transport");
    static final String OURS = "betrue";
    private static final int SERVER_FAULT = 500;

    /** What OpenTelemetry's conventions for RPC say; the default of its SDK is for milliseconds. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final boolean enabled;
    private final Tracer tracer;
    private final DoubleHistogram duration;

    private Telemetry(OpenTelemetry telemetry) {
        enabled = telemetry != OpenTelemetry.noop();
        tracer = telemetry.getTracer(SCOPE);
        duration = telemetry
                .getMeter(SCOPE)
                .histogramBuilder("rpc.server.call.duration")
                .setUnit("s")
                .setDescription("Duration of commands that were called here")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /**
     * {@return telemetry}
     *
     * @param telemetry where spans and metrics go
     */
    public static Telemetry with(OpenTelemetry telemetry) {
        return new Telemetry(telemetry);
    }

    @Override
    @SuppressWarnings("try") // the scope is ended, not used
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        if (!enabled) {
            return call.proceed();
        }
        long began = System.nanoTime();
        CommandContext context = call.context();
        boolean local = context.transport().equals(Call.LOCAL);
        Span span = tracer.spanBuilder(call.type().address())
                .setSpanKind(local ? SpanKind.INTERNAL : SpanKind.SERVER)
                .setParent(parent(context, local))
                .setAttribute(SYSTEM, OURS)
                .setAttribute(METHOD, call.type().address())
                .setAttribute(TRANSPORT, context.transport())
                .startSpan();
        SpanContext own = span.getSpanContext();
        if (own.isValid()) {
            context.trace(Trace.of(
                    own.getTraceId(), own.getSpanId(), own.getTraceFlags().asHex()));
        }
        try (Scope scope = span.makeCurrent()) {
            return call.proceed().whenComplete((reply, failure) -> end(span, call, failure, began));
        }
    }

    private static Context parent(CommandContext context, boolean local) {
        Context current = Context.current();
        return local && Span.fromContext(current).getSpanContext().isValid()
                ? current
                : W3CTraceContextPropagator.getInstance().extract(current, context.headers(), FromHeaders.INSTANCE);
    }

    private void end(Span span, Invocation call, @Nullable Throwable failure, long began) {
        Attributes attributes = Attributes.of(SYSTEM, OURS, METHOD, call.type().address());
        if (failure != null) {
            String kind = Waiting.unwrap(failure) instanceof ProblemException problem
                    ? problem.code().name()
                    : failure.getClass().getName();
            attributes = attributes.toBuilder().put(ERROR_TYPE, kind).build();
            span.setAttribute(ERROR_TYPE, kind);
            if (!(Waiting.unwrap(failure) instanceof ProblemException known)
                    || known.problem().status() >= SERVER_FAULT) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        duration.record((System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1), attributes);
        span.end();
    }

    enum FromHeaders implements TextMapGetter<Headers> {
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
