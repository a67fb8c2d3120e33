package io.betrue.jobs.internal;

import io.betrue.jobs.JobOutcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans and metrics of a worker, by OpenTelemetry's semantic conventions for messaging. Without an SDK each call costs a few nanoseconds.
 */
final class Telemetry {
    private static final String SCOPE = "io.betrue.jobs";
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> JOB_TYPE = AttributeKey.stringKey("job.type");
    private static final AttributeKey<Long> JOB_ATTEMPT = AttributeKey.longKey("job.attempt");
    private static final AttributeKey<String> JOB_OUTCOME = AttributeKey.stringKey("job.outcome");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final String OURS = "betrue_jobs";
    private static final Scope NONE = new Scope(null, null, null, 0);

    /** Up to what a job may take; the default of OpenTelemetry's SDK is for milliseconds. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0);

    private final boolean enabled;
    private final boolean joining;
    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final LongCounter consumed;

    /** @param joining whether attempts belong to the traces of whoever enqueued */
    Telemetry(OpenTelemetry telemetry, boolean joining) {
        enabled = telemetry != OpenTelemetry.noop();
        this.joining = joining;
        tracer = telemetry.getTracer(SCOPE);
        duration = telemetry
                .getMeter(SCOPE)
                .histogramBuilder("messaging.process.duration")
                .setUnit("s")
                .setDescription("Duration of a handler")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
        consumed = telemetry
                .getMeter(SCOPE)
                .counterBuilder("messaging.client.consumed.messages")
                .setUnit("{message}")
                .setDescription("Attempts whose outcome was stored")
                .build();
    }

    Scope attempt(ClaimedJob job) {
        if (!enabled) {
            return NONE;
        }
        Context enqueued = remote(job.trace());
        SpanBuilder attempt = tracer.spanBuilder("process " + job.queue()).setSpanKind(SpanKind.CONSUMER);
        if (joining) {
            attempt.setParent(enqueued);
        } else {
            attempt.setParent(Context.root()).addLink(Span.fromContext(enqueued).getSpanContext());
        }
        Span span = attempt.setAttribute(SYSTEM, OURS)
                .setAttribute(OPERATION, "process")
                .setAttribute(OPERATION_TYPE, "process")
                .setAttribute(DESTINATION, job.queue())
                .setAttribute(MESSAGE_ID, Long.toString(job.id()))
                .setAttribute(JOB_TYPE, job.type())
                .setAttribute(JOB_ATTEMPT, (long) job.attempt())
                .startSpan();
        return new Scope(this, job, span, System.nanoTime());
    }

    private static Context remote(@Nullable String trace) {
        if (trace == null) {
            return Context.root();
        }
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of("traceparent", trace), FromMap.INSTANCE);
    }

    void settled(List<Settlement> settlements) {
        if (enabled) {
            settlements.forEach(
                    settlement -> consumed.add(1, attributes(settlement.job(), name(settlement.outcome()))));
        }
    }

    private static Attributes attributes(ClaimedJob job, String outcome) {
        return Attributes.of(
                SYSTEM,
                OURS,
                OPERATION,
                "process",
                DESTINATION,
                job.queue(),
                JOB_TYPE,
                job.type(),
                JOB_OUTCOME,
                outcome);
    }

    private static String name(JobOutcome outcome) {
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private enum FromMap implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }

    /** The span of one attempt, current on its thread. */
    static final class Scope implements AutoCloseable {
        private final @Nullable Telemetry telemetry;
        private final @Nullable ClaimedJob job;
        private final @Nullable Span span;
        private final io.opentelemetry.context.@Nullable Scope current;
        private final long began;

        private Scope(@Nullable Telemetry telemetry, @Nullable ClaimedJob job, @Nullable Span span, long began) {
            this.telemetry = telemetry;
            this.job = job;
            this.span = span;
            this.began = began;
            this.current = makeCurrent(span);
        }

        @SuppressWarnings("MustBeClosedChecker") // closed by close()
        private static io.opentelemetry.context.@Nullable Scope makeCurrent(@Nullable Span span) {
            return span == null ? null : span.makeCurrent();
        }

        void ended(JobOutcome outcome) {
            if (telemetry == null || job == null || span == null) {
                return;
            }
            span.setAttribute(JOB_OUTCOME, name(outcome));
            String error = outcome instanceof JobOutcome.Retried retried
                    ? retried.error().kind()
                    : outcome instanceof JobOutcome.Died died ? died.error().kind() : null;
            if (error != null) {
                span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, error);
            }
            telemetry.duration.record((System.nanoTime() - began) / 1e9, attributes(job, name(outcome)));
        }

        @Override
        public void close() {
            if (current != null) {
                current.close();
            }
            if (span != null) {
                span.end();
            }
        }
    }
}
