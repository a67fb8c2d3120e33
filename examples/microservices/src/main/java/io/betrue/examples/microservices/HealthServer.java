package io.betrue.examples.microservices;

import io.betrue.process.Run;
import io.javalin.Javalin;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says over HTTP whether a process lives and wants work. Safe for use by multiple threads. */
final class HealthServer {
    private final ProcessConfig config;
    private final Javalin javalin;

    /** @param fault what is wrong with what the process needs; empty when all is well */
    HealthServer(Run run, ProcessConfig config, Supplier<Optional<String>> fault) {
        this.config = config;
        this.javalin = Javalin.create(app -> {
            app.startup.showJavalinBanner = false;
            app.startup.startupWatcherEnabled = false;
            app.jetty.host = config.host;
            app.jetty.port = config.port;
            app.routes.get("/health/live", ctx -> ctx.json(Map.of("status", "live")));
            app.routes.get(
                    "/health/ready",
                    ctx -> obstacle(run, fault)
                            .ifPresentOrElse(
                                    reason -> ctx.status(503).json(Map.of("status", "not ready", "reason", reason)),
                                    () -> ctx.json(Map.of("status", "ready"))));
        });
    }

    /** {@return why work should go elsewhere; empty when the process wants it} */
    static Optional<String> obstacle(Run run, Supplier<Optional<String>> fault) {
        return switch (run.readiness()) {
            case STARTING -> Optional.of("starting");
            case STOPPING -> Optional.of("draining");
            case READY -> fault.get();
        };
    }

    /** Opens it first, so that it can be asked during a long start, and closes it last. */
    void startIn(Run run) {
        run.step("health", javalin::start, javalin::stop);
    }

    String url() {
        return "http://" + (config.host.equals("0.0.0.0") ? "127.0.0.1" : config.host) + ":" + javalin.port();
    }
}
