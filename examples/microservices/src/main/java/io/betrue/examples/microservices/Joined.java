package io.betrue.examples.microservices;

import io.betrue.commands.Authentication;
import io.betrue.commands.Interceptor;
import io.betrue.commands.nats.NatsClient;
import io.betrue.commands.nats.NatsCommands;
import io.betrue.examples.accounts.SigningKeys;
import io.betrue.examples.accounts.TokenOptions;
import io.betrue.examples.accounts.Tokens;
import io.betrue.examples.wallet.Catalogue;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.process.Run;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/**
 * What a process has in common with those that it is joined with.
 *
 * @param connection to NATS
 * @param client calls commands of other processes
 */
record Joined(Connection connection, NatsClient client) {
    private static final String ISSUER = "wallet";
    private static final Duration NATS_WITHIN = Duration.ofMinutes(1);

    /** Connects, as parts of a run; waits for a server that is not there yet. */
    static Joined in(Run run, String name, NatsConfig config, Instruments instruments) {
        Connection connection = run.start(
                "nats",
                () -> Nats.connectReconnectOnConnect(NatsCommands.options(config.urls.toArray(String[]::new))
                        .connectionName(name)
                        .build()),
                Connection::close,
                part -> part.startWithin(NATS_WITHIN));
        NatsClient client = run.start(
                "client",
                () -> NatsCommands.client(
                        connection, c -> c.catalogue(Catalogue.ofAllServices()).telemetry(instruments.openTelemetry())),
                NatsClient::close);
        return new Joined(connection, client);
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** {@return how tokens are made, by accounts, and checked, by everybody} */
    static TokenOptions tokens(byte[] secret) {
        return TokenOptions.of(SigningKeys.of(secret), ISSUER, ISSUER);
    }

    /** {@return the guard that finds out who calls: no process believes another} */
    static Interceptor authentication(byte[] secret) {
        Tokens tokens = new Tokens(tokens(secret), Clock.systemUTC(), new SecureRandom());
        return Authentication.bearer(tokens::verify);
    }
}
