package io.betrue.examples.wallet.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's SDK as the settings have it. It is nobody's global. */
final class Sdk {
    /** The SDK tells the JDK's own logging about every failure and loss; {@link Outage} tells ours, once. Held here because the JDK forgets unused loggers. */
    private static final List<Logger> EXPORT = List.of(
            Logger.getLogger("io.opentelemetry.exporter"),
            Logger.getLogger("io.opentelemetry.sdk.trace.export"),
            Logger.getLogger("io.opentelemetry.sdk.metrics.export"));

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Duration METRICS_EVERY = Duration.ofSeconds(15);
    private static final Duration SPANS_EVERY = Duration.ofSeconds(1);
    private static final int MOST_WAITING_SPANS = 4_096;

    private Sdk() {}

    /**
     * Starts it.
     *
     * @param process what the process is called unless the settings say it
     * @param scraped what is asked for metrics, or null
     */
    static OpenTelemetrySdk start(TelemetryConfig config, String process, @Nullable MetricReader scraped) {
        Resource resource = Resource.getDefault().merge(Resource.create(attributes(config, process)));
        SdkMeterProviderBuilder meters = SdkMeterProvider.builder().setResource(resource);
        SdkTracerProviderBuilder spans = SdkTracerProvider.builder().setResource(resource);
        if (scraped != null) {
            meters.registerMetricReader(scraped);
        }
        URI collector = config.collector.orElse(null);
        if (collector == null) {
            spans.setSampler(Sampler.alwaysOff()); // there are ids for the log, and nothing is recorded
        } else {
            EXPORT.forEach(logger -> logger.setLevel(Level.OFF));
            send(config, collector, spans, meters);
        }
        return OpenTelemetrySdk.builder()
                .setTracerProvider(spans.build())
                .setMeterProvider(meters.build())
                .build();
    }

    private static void send(
            TelemetryConfig config, URI collector, SdkTracerProviderBuilder spans, SdkMeterProviderBuilder meters) {
        Outage outage = new Outage(collector);
        OtlpHttpSpanExporterBuilder traces = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector + "/v1/traces")
                .setConnectTimeout(CONNECT)
                .setTimeout(SEND);
        OtlpHttpMetricExporterBuilder metrics = OtlpHttpMetricExporter.builder()
                .setEndpoint(collector + "/v1/metrics")
                .setConnectTimeout(CONNECT)
                .setTimeout(SEND);
        for (String header : config.headers.orElse(List.of())) {
            traces.addHeader(name(header), value(header));
            metrics.addHeader(name(header), value(header));
        }
        spans.setSampler(new ByTraceId(config.sampled.doubleValue()))
                .addSpanProcessor(BatchSpanProcessor.builder(outage.watched(traces.build()))
                        .setScheduleDelay(SPANS_EVERY)
                        .setExporterTimeout(SEND)
                        .setMaxQueueSize(MOST_WAITING_SPANS)
                        .build());
        meters.registerMetricReader(PeriodicMetricReader.builder(outage.watched(metrics.build()))
                .setInterval(METRICS_EVERY)
                .build());
    }

    private static Attributes attributes(TelemetryConfig config, String process) {
        AttributesBuilder attributes = Attributes.builder()
                .put(AttributeKey.stringKey("service.name"), process)
                .put(AttributeKey.stringKey("service.namespace"), "wallet")
                .put(
                        AttributeKey.stringKey("service.instance.id"),
                        UUID.randomUUID().toString());
        config.attributes
                .orElse(List.of())
                .forEach(pair -> attributes.put(AttributeKey.stringKey(name(pair)), value(pair)));
        config.service.ifPresent(name -> attributes.put(AttributeKey.stringKey("service.name"), name));
        return attributes.build();
    }

    private static String name(String pair) {
        return pair.substring(0, pair.indexOf('='));
    }

    private static String value(String pair) {
        String encoded = pair.substring(pair.indexOf('=') + 1);
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
