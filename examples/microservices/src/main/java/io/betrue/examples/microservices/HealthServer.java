package io.betrue.examples.microservices;

import io.betrue.examples.wallet.Health;
import io.betrue.process.Run;
import io.javalin.Javalin;
import java.util.Map;

/** Says over HTTP whether a process lives and wants work. Safe for use by multiple threads. */
final class HealthServer {
    private final ProcessConfig config;
    private final Javalin javalin;

    HealthServer(ProcessConfig config, Health health) {
        this.config = config;
        this.javalin = Javalin.create(app -> {
            app.startup.showJavalinBanner = false;
            app.startup.startupWatcherEnabled = false;
            app.jetty.host = config.host;
            app.jetty.port = config.port;
            app.routes.get("/health/live", ctx -> ctx.json(Map.of("status", "live")));
            app.routes.get(
                    "/health/ready",
                    ctx -> health.obstacle()
                            .ifPresentOrElse(
                                    reason -> ctx.status(503).json(Map.of("status", "not ready", "reason", reason)),
                                    () -> ctx.json(Map.of("status", "ready"))));
        });
    }

    /** Opens it first, so that it can be asked during a long start, and closes it last. */
    void startIn(Run run) {
        run.step("health", javalin::start, javalin::stop);
    }

    String url() {
        return "http://" + (config.host.equals("0.0.0.0") ? "127.0.0.1" : config.host) + ":" + javalin.port();
    }
}
