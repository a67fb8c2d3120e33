package io.betrue.examples.microservices;

import io.betrue.commands.Authentication;
import io.betrue.commands.Commands;
import io.betrue.commands.hub.Hub;
import io.betrue.config.Config;
import io.betrue.config.Environment;
import io.betrue.errors.StandardError;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.HttpServer;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.process.Readiness;
import io.javalin.Javalin;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The gateway with its routes and nothing behind them, for the command that writes its OpenAPI document. */
public final class GatewayApi implements Supplier<Javalin> {
    /** Makes the application when it is asked for. */
    public GatewayApi() {}

    /** {@return the application, which has opened neither a port nor a connection} */
    @Override
    public Javalin get() {
        String nobodys = Base64.getEncoder().encodeToString(new byte[32]);
        GatewayConfig config =
                Config.load(Environment.of(Map.of("ACCOUNTS_TOKEN_SECRET", nobodys)), GatewayConfig::new);
        Commands commands = GatewayCommands.of(
                config.calls,
                Authentication.bearer(token -> Optional.empty()),
                call -> CompletableFuture.failedFuture(
                        StandardError.UNAVAILABLE.problem().toException()),
                Hub.create(),
                OpenTelemetry.noop());
        return new HttpServer(
                        config.http,
                        config.calls,
                        config.gateways.doors(),
                        commands,
                        Contracts.of(config.calls.responseCheck),
                        new Health(() -> Readiness.STARTING, Optional::empty),
                        Instruments.none())
                .javalin();
    }
}
