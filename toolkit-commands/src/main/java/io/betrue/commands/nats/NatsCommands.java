package io.betrue.commands.nats;

import io.betrue.commands.Commands;
import io.nats.client.Connection;
import io.nats.client.Options;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commands over NATS: where to begin.
 * <pre>{@code
 * Connection connection = Nats.connect(NatsCommands.options("nats://localhost:4222").build());
 * NatsServer server = NatsCommands.serve(commands, connection, c -> c.name("ledger").version("1.2.0"));
 * CommandClient ledger = CommandClient.of(NatsCommands.client(connection));
 * }</pre>
 * Safe for use by multiple threads.
 */
public final class NatsCommands {
    private static final Duration ROUND = Duration.ofMillis(500);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration PING = Duration.ofSeconds(1);
    private static final Duration DIAL = Duration.ofSeconds(2);
    private static final int MAX_PINGS = 2;

    private NatsCommands() {}

    /**
     * {@return options of a connection as calls need it, to be completed with credentials, a name, listeners: it is made again for ever, each tenth to fifth of a
     * second; while it is down nothing is kept to be sent later; and a server that does not answer for some 3 seconds counts as gone}
     *
     * @param urls addresses of servers of one cluster: {@code nats://localhost:4222}
     */
    public static Options.Builder options(String... urls) {
        return new Options.Builder()
                .servers(urls)
                .maxReconnects(-1)
                .reconnectWait(BETWEEN)
                .reconnectJitter(BETWEEN)
                .reconnectJitterTls(BETWEEN)
                .reconnectBufferSize(0)
                .connectionTimeout(DIAL)
                .pingInterval(PING)
                .maxPingsOut(MAX_PINGS);
    }

    /**
     * Serves the commands that a process handles itself.
     *
     * @param commands the commands; their chain of interceptors checks each call
     * @param connection stays the caller's to close, after the server
     * @return the server, which listens already
     */
    public static NatsServer serve(Commands commands, Connection connection) {
        return serve(commands, connection, config -> {});
    }

    /**
     * Serves the commands that a process handles itself.
     *
     * @param commands the commands; their chain of interceptors checks each call
     * @param connection stays the caller's to close, after the server
     * @param config says what is served, under which name, and how much at once
     * @return the server, which listens already
     * @throws IllegalArgumentException if something in the configuration is refused
     */
    public static NatsServer serve(Commands commands, Connection connection, Consumer<NatsServerConfig> config) {
        NatsServerConfig wanted = new NatsServerConfig();
        config.accept(wanted);
        return new NatsServer(commands, connection, wanted);
    }

    /**
     * {@return a client of whatever services are on a connection}
     *
     * @param connection stays the caller's to close, after the client
     */
    public static NatsClient client(Connection connection) {
        return client(connection, config -> {});
    }

    /**
     * {@return a client of whatever services are on a connection}
     *
     * @param connection stays the caller's to close, after the client
     * @param config says how much at once, and how long anything may take
     * @throws IllegalArgumentException if something in the configuration is refused
     */
    public static NatsClient client(Connection connection, Consumer<NatsClientConfig> config) {
        NatsClientConfig wanted = new NatsClientConfig();
        config.accept(wanted);
        return new NatsClient(connection, wanted);
    }

    /**
     * {@return the instances of services that answer within half a second, by NATS's convention for services (ADR-32), those of others, too}
     *
     * @param connection the connection
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if the connection is down; CANCELLED if this thread is interrupted
     */
    public static List<NatsService> discover(Connection connection) {
        return discover(connection, ROUND);
    }

    /**
     * {@return the instances of services that answer in time}
     *
     * @param connection the connection
     * @param wait how long answers are waited for; it always takes so long, unless nobody is there
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if the connection is down; CANCELLED if this thread is interrupted
     */
    public static List<NatsService> discover(Connection connection, Duration wait) {
        return Discovering.services(connection, Limits.time("wait", wait));
    }
}
