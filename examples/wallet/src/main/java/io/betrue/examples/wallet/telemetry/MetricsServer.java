package io.betrue.examples.wallet.telemetry;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Serves {@code /metrics} on a port of its own, so that no door of the application leads there. Safe for use by multiple threads. */
final class MetricsServer implements AutoCloseable {
    private final String host;
    private final PrometheusMetricReader metrics;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Javalin javalin;

    MetricsServer(String host, int port, PrometheusMetricReader metrics) {
        this.host = host;
        this.metrics = metrics;
        this.javalin = Javalin.create(app -> {
            app.startup.showJavalinBanner = false;
            app.startup.startupWatcherEnabled = false;
            app.jetty.host = host;
            app.jetty.port = port;
            app.routes.get("/metrics", this::write);
        });
    }

    private void write(Context ctx) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, metrics.collect());
        ctx.contentType(writer.getContentType()).result(text.toByteArray());
    }

    void start() {
        javalin.start();
    }

    String url() {
        String shown = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + javalin.port() + "/metrics";
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
