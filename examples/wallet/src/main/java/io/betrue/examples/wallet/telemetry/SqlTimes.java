package io.betrue.examples.wallet.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long statements take, by OpenTelemetry's conventions for databases: {@code db.client.operation.duration} by the {@linkplain StatementSummary summary} of each, and a span below whatever is traced
 * when it runs. What looks for work all the time, and so for nobody, is timed and makes no trace. Safe for use by multiple threads.
 */
final class SqlTimes {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    private static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("db.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final String POSTGRESQL = "postgresql";
    private static final int MOST_TEXTS = 2_000;
    private static final int MOST_SUMMARIES = 500;
    private static final String OTHER = "_OTHER";
    private static final List<Double> SECONDS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final Map<String, String> summaries = new ConcurrentHashMap<>(); // by text
    private final Map<String, Attributes> known = new ConcurrentHashMap<>(); // by summary

    SqlTimes(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer(Instruments.SCOPE);
        duration = telemetry
                .getMeter(Instruments.SCOPE)
                .histogramBuilder("db.client.operation.duration")
                .setUnit("s")
                .setDescription("Duration of statements")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /** A statement that runs. */
    final class Running {
        private final Attributes attributes;
        private final @Nullable Span span;
        private final long began = System.nanoTime();

        private Running(Attributes attributes, @Nullable Span span) {
            this.attributes = attributes;
            this.span = span;
        }

        void end(@Nullable Throwable failure) {
            Attributes all = attributes;
            if (failure != null) {
                String kind = failure.getClass().getName();
                String status = failure instanceof SQLException refused ? refused.getSQLState() : null;
                all = attributes.toBuilder()
                        .put(ERROR_TYPE, status == null ? kind : status)
                        .build();
                if (span != null) {
                    span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, status == null ? kind : status);
                    if (status != null) {
                        span.setAttribute(STATUS, status);
                    }
                }
            }
            duration.record((System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1), all);
            if (span != null) {
                span.end();
            }
        }
    }

    /**
     * Begins to count.
     *
     * @param text the statement
     * @param harmless whether its text has parameters in place of values
     */
    Running begin(String text, boolean harmless) {
        String summary = bounded(summary(text));
        Attributes attributes = known.getOrDefault(summary, Attributes.of(SYSTEM, POSTGRESQL, SUMMARY, OTHER));
        if (!Span.current().getSpanContext().isSampled()) {
            return new Running(attributes, null);
        }
        Span span = tracer.spanBuilder(summary)
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(attributes)
                .startSpan();
        if (harmless) {
            span.setAttribute(TEXT, text);
        }
        return new Running(attributes, span);
    }

    private String summary(String text) {
        String before = summaries.get(text);
        if (before != null) {
            return before;
        }
        String summary = StatementSummary.of(text);
        if (summaries.size() < MOST_TEXTS) {
            summaries.put(text, summary);
        }
        return summary;
    }

    private String bounded(String summary) {
        if (known.containsKey(summary)) {
            return summary;
        }
        if (known.size() >= MOST_SUMMARIES) {
            return OTHER;
        }
        known.put(summary, Attributes.of(SYSTEM, POSTGRESQL, SUMMARY, summary));
        return summary;
    }
}
