package io.betrue.examples.microservices;

import io.betrue.commands.CallLog;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Telemetry;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsServer;
import io.betrue.examples.wallet.Catalogue;
import io.betrue.examples.wallet.Contracts;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.process.Run;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process with one service, served over NATS behind a chain of guards of its own: whoever calls it past the gateway meets them, too. */
final class ServiceProcess {
    private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

    private final Run run;
    private final String name;
    private final ServiceConfig config;
    private final Instruments instruments;
    private final Store store;
    private final HealthServer health;
    private volatile @Nullable Joined joined;

    /**
     * Prepares a process, whose instruments are there from now on.
     *
     * @param background connections at most for work in the background
     */
    ServiceProcess(Run run, String name, ServiceConfig config, Tables tables, int background) {
        this.run = run;
        this.name = name;
        this.config = config;
        run.stopWithin(config.process.stopTimeout);
        this.instruments = Instrumented.in(run, config.telemetry, name);
        this.store = new Store(name, config.database, tables, background, instruments);
        this.health = new HealthServer(config.process, new Health(run::readiness, this::fault));
    }

    Store store() {
        return store;
    }

    Instruments instruments() {
        return instruments;
    }

    /** Starts what the service stands on: health first, then its database, then NATS. */
    Joined join() {
        health.startIn(run);
        store.startIn(run);
        Joined others = Joined.in(run, name, config.nats, instruments);
        joined = others;
        return others;
    }

    /**
     * Serves the service as the last part, so that it is the first that stops: no further calls come, and those that are here are answered while all that they need is there.
     *
     * @param handlers binds the service, and names what it calls
     */
    void serve(Joined others, Launched launched, Consumer<CommandsConfig> handlers) {
        Contracts contracts = Contracts.of(config.answers.responseCheck);
        Commands commands = run.start(
                "commands",
                () -> Commands.of(c -> {
                    c.intercept(Telemetry.with(instruments.openTelemetry()))
                            .intercept(CallLog.create())
                            .intercept(Joined.authentication(config.tokenSecret()))
                            .intercept(contracts.check())
                            .catalogue(Catalogue.ofAllServices())
                            .largestInput(Contracts.LARGEST_INPUT);
                    handlers.accept(c);
                }),
                Commands::close);
        run.start(
                "server",
                () -> NatsCommands.serve(
                        commands,
                        others.connection(),
                        c -> c.name(name)
                                .owns(name)
                                .schemas(contracts.check())
                                .stopTimeout(config.process.stopTimeout.dividedBy(2))),
                NatsServer::close,
                part -> part.stopWithin(config.process.stopTimeout));
        log.info("{} is ready, health at {}", name, health.url());
        launched.ready(run, health.url());
    }

    private Optional<String> fault() {
        Joined others = joined;
        if (others == null || !others.isConnected()) {
            return Optional.of("no NATS");
        }
        return store.answers() ? Optional.empty() : Optional.of("no database");
    }
}
