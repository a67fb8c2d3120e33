package io.betrue.examples.wallet.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a collector cannot be reached, and once that it can again, where the SDK would say it for each attempt. Safe for use by multiple threads. */
final class Outage {
    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String collector;
    private final AtomicBoolean away = new AtomicBoolean();

    Outage(URI collector) {
        this.collector = collector.getScheme() + "://" + collector.getHost() // no user and no password
                + (collector.getPort() < 0 ? "" : ":" + collector.getPort());
    }

    private CompletableResultCode watched(CompletableResultCode result) {
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                if (away.compareAndSet(true, false)) {
                    log.info("The collector {} takes traces and metrics again", collector);
                }
            } else if (away.compareAndSet(false, true)) {
                log.warn(
                        "The collector {} does not take traces and metrics ({}); everything else goes on, what cannot wait is lost, and it is tried again until it does;"
                                + " check OTEL_EXPORTER_OTLP_ENDPOINT and that the collector runs",
                        collector,
                        reason(result.getFailureThrowable()));
            }
        });
    }

    private static String reason(@org.jspecify.annotations.Nullable Throwable failure) {
        return failure == null ? "no reason given" : failure.toString();
    }

    SpanExporter watched(SpanExporter exporter) {
        return new Spans(exporter);
    }

    MetricExporter watched(MetricExporter exporter) {
        return new Metrics(exporter);
    }

    private final class Spans implements SpanExporter {
        private final SpanExporter exporter;

        Spans(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return watched(exporter.export(spans));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    private final class Metrics implements MetricExporter {
        private final MetricExporter exporter;

        Metrics(MetricExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return exporter.getAggregationTemporality(type);
        }

        @Override
        public Aggregation getDefaultAggregation(InstrumentType type) {
            return exporter.getDefaultAggregation(type);
        }

        @Override
        public MemoryMode getMemoryMode() {
            return exporter.getMemoryMode();
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return watched(exporter.export(metrics));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
