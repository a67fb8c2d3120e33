package io.betrue.examples.microservices;

import io.betrue.commands.Commands;
import io.betrue.commands.hub.Hub;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.HttpServer;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.process.Run;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors: HTTP, WebSocket and pages, in front of whatever services there are. Any number of gateways may stand side by side. */
final class GatewayRole {
    private static final Logger log = LoggerFactory.getLogger(GatewayRole.class);

    private GatewayRole() {}

    static void start(Run run, Launched launched, GatewayConfig config) {
        run.drainDelay(config.http.stopPause).stopWithin(config.http.stopTimeout);
        Instruments instruments = Instrumented.in(run, config.telemetry, "gateway");
        Joined others = Joined.in(run, "gateway", config.nats, instruments);
        Presence presence = new Presence(others.connection());
        run.background("presence", presence::look, presence::end);
        Hub hub = ChatRole.hub(run, others.connection(), instruments.openTelemetry());
        Commands commands = run.start(
                "commands",
                () -> GatewayCommands.of(
                        config.calls,
                        Joined.authentication(config.tokens.secret),
                        others.client(),
                        hub,
                        instruments.openTelemetry()),
                Commands::close);
        HttpServer http = new HttpServer(
                config.http,
                config.calls,
                config.gateways.doors(),
                commands,
                Contracts.of(config.calls.responseCheck),
                new Health(run::readiness, () -> fault(others, presence)),
                instruments);
        run.step("http", http::start, http::close, part -> part.stopWithin(config.http.stopTimeout));
        log.info("gateway listens at {}", http.url());
        launched.ready(run, http.url());
    }

    private static Optional<String> fault(Joined others, Presence presence) {
        if (!others.isConnected()) {
            return Optional.of("no NATS");
        }
        String missing = presence.missing();
        return missing.isEmpty() ? Optional.empty() : Optional.of("no " + missing);
    }
}
