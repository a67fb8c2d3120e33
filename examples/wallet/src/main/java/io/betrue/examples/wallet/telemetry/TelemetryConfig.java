package io.betrue.examples.wallet.telemetry;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What is measured and traced, and where that can be had. Variables that OpenTelemetry defines have its names. */
public final class TelemetryConfig extends ConfigGroup {
    private static final ValueType<String> PAIR =
            ValueType.matching(Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z/-]{1,255}=[^\\s,]{0,1024}"));

    final OptionalInt metricsPort = env("METRICS_PORT")
            .describedAs(
                    "Port that /metrics is served at, and nothing else; 0 takes a free one; without it there are no metrics for Prometheus")
            .optional()
            .asListenPort();

    final String metricsHost = env("METRICS_HOST")
            .describedAs("Address that /metrics is served at; 0.0.0.0 for every interface: keep it from the world")
            .orElse("127.0.0.1")
            .asString();

    final Optional<URI> collector = env("OTEL_EXPORTER_OTLP_ENDPOINT")
            .describedAs(
                    "Collector that takes OTLP over HTTP, such as http://127.0.0.1:4318; without it nothing is sent")
            .optional()
            .asUrl();

    final Optional<List<String>> headers = env("OTEL_EXPORTER_OTLP_HEADERS")
            .describedAs("Headers for the collector: name=value, values percent-encoded")
            .optional()
            .secret()
            .asListOf(PAIR);

    final BigDecimal sampled = env("OTEL_TRACES_SAMPLER_ARG")
            .describedAs(
                    "Share of traces that are recorded, chosen by the id of the trace alone; the same in all processes")
            .orElse("1")
            .between("0", "1")
            .asDecimal();

    final Optional<String> service = env("OTEL_SERVICE_NAME")
            .describedAs("What this process is called in traces and metrics; without it its role")
            .optional()
            .asString();

    final Optional<List<String>> attributes = env("OTEL_RESOURCE_ATTRIBUTES")
            .describedAs("What else is said of this process: name=value, values percent-encoded")
            .optional()
            .asListOf(PAIR);

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public TelemetryConfig(Environment env) {
        super("Telemetry", env);
    }

    /** {@return whether anybody is to see anything} */
    boolean isWanted() {
        return metricsPort.isPresent() || collector.isPresent();
    }
}
