package io.betrue.commands.ws;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be chosen about {@link WebSocketCommands}. It is used while they are registered and then forgotten. Not safe for use by multiple threads.
 */
public final class WebSocketCommandsConfig {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;
    private static final int MOST = 1_000_000;

    private final Set<String> origins = new LinkedHashSet<>();
    private final Set<String> headers = new LinkedHashSet<>();
    private String path = "/ws";
    private boolean anyOrigin;
    private int maxMessage = 64 * KIBI;
    private int maxCalls = 64;
    private int perSecond = 50;
    private int burst = 100;
    private int maxConnections = 20_000;
    private int maxConnectionsPerAddress = 200;
    private Duration heartbeat = Duration.ofSeconds(25);
    private Duration patience = Duration.ofSeconds(8);
    private int maxUnsent = MEBI;
    private Duration goingWithin = Duration.ofSeconds(3);
    private Duration stopTimeout = Duration.ofSeconds(10);
    private OpenTelemetry telemetry = OpenTelemetry.noop();

    WebSocketCommandsConfig() {}

    Settings settings() {
        return new Settings(
                path,
                new Origins(Set.copyOf(origins), anyOrigin),
                Set.copyOf(headers),
                maxMessage,
                maxCalls,
                perSecond,
                burst,
                maxConnections,
                maxConnectionsPerAddress,
                heartbeat,
                patience,
                maxUnsent,
                goingWithin,
                stopTimeout,
                telemetry);
    }

    /**
     * Sets where clients connect; the default is {@code /ws}. The client for browsers is served below it, at {@code /ws/client.js}.
     *
     * @param fixed a path without parameters, below the context path
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public WebSocketCommandsConfig path(String fixed) {
        if (!PATH.matcher(fixed).matches()) {
            throw new IllegalArgumentException("path of the WebSocket must look like /ws, was \"" + fixed + "\"");
        }
        path = fixed;
        return this;
    }

    /**
     * Adds origins (RFC 6454) whose pages may connect beside the server's own. The default is none: a browser on a page of another origin gets 403. Programs that say
     * no origin are no browsers, and connect.
     *
     * @param more origins like {@code https://app.example.com}
     * @return this configuration
     * @throws IllegalArgumentException if one is malformed
     */
    public WebSocketCommandsConfig origins(String... more) {
        for (String origin : more) {
            origins.add(Origins.checked(origin));
        }
        return this;
    }

    /**
     * Lets pages of every origin connect. No cookie is ever looked at here, so a foreign page can do no more than its own server could.
     *
     * @return this configuration
     */
    public WebSocketCommandsConfig anyOrigin() {
        anyOrigin = true;
        return this;
    }

    /**
     * Names headers that a client may give its calls, beside the credential, the language, the key of idempotency, the trace, and those that travel.
     *
     * @param names names in any case
     * @return this configuration
     */
    public WebSocketCommandsConfig headers(String... names) {
        for (String name : names) {
            headers.add(name.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /**
     * Sets how large a message of a client may be; a larger one closes its connection (1009). The default is 64 KiB.
     *
     * @param bytes 1 KiB to 16 MiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public WebSocketCommandsConfig maxMessage(int bytes) {
        maxMessage = checked("size of a message", bytes, KIBI, 16 * MEBI);
        return this;
    }

    /**
     * Sets how many calls of a connection may wait for their answers; more are refused as RATE_LIMITED. The default is 64.
     *
     * @param number 1 to 1,000,000
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public WebSocketCommandsConfig maxCalls(int number) {
        maxCalls = checked("calls of a connection", number, 1, MOST);
        return this;
    }

    /**
     * Sets how many messages a client may send in the long run, and how many at once; those beyond are refused as RATE_LIMITED, and as many again close the connection
     * (4429). The defaults are 50 a second and 100.
     *
     * @param messagesPerSecond 1 to 1,000,000
     * @param atOnce 1 to 1,000,000
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public WebSocketCommandsConfig rate(int messagesPerSecond, int atOnce) {
        perSecond = checked("messages per second", messagesPerSecond, 1, MOST);
        burst = checked("messages at once", atOnce, 1, MOST);
        return this;
    }

    /**
     * Sets how many connections there may be; more are refused with 503. The defaults are 20,000, and 200 from one address, which is what Javalin's
     * {@code contextResolver.ip} says: behind a proxy, let that read the proxy's header.
     *
     * @param inAll 1 to 1,000,000
     * @param fromOneAddress 1 to 1,000,000
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public WebSocketCommandsConfig connections(int inAll, int fromOneAddress) {
        maxConnections = checked("connections", inAll, 1, MOST);
        maxConnectionsPerAddress = checked("connections from one address", fromOneAddress, 1, MOST);
        return this;
    }

    /**
     * Sets after how long a silent client is asked whether it is there, and how long it may take to answer before it is closed (4408). The defaults are 25 and 8
     * seconds, which keeps proxies content that end connections after half a minute of silence.
     *
     * @param interval 50 milliseconds to an hour
     * @param wait 50 milliseconds to an hour
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public WebSocketCommandsConfig heartbeat(Duration interval, Duration wait) {
        heartbeat = checked("interval of the heart-beat", interval, Duration.ofMillis(50));
        patience = checked("patience of the heart-beat", wait, Duration.ofMillis(50));
        return this;
    }

    /**
     * Sets how many bytes may wait for a client that reads slowly; more close its connection (4008), and no answer may be larger. The default is 1 MiB.
     *
     * @param bytes 16 KiB to 256 MiB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public WebSocketCommandsConfig maxUnsent(int bytes) {
        maxUnsent = checked("unsent bytes", bytes, 16 * KIBI, 256 * MEBI);
        return this;
    }

    /**
     * Sets how a stop goes: clients are told to connect elsewhere, at a random moment within the first time, and calls in flight may take the second; what is left
     * then is closed (1001). A stop ends as soon as all clients have left. The defaults are 3 and 10 seconds.
     *
     * @param goingWithin zero to an hour
     * @param limit zero to an hour
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public WebSocketCommandsConfig stop(Duration goingWithin, Duration limit) {
        this.goingWithin = checked("time to go", goingWithin, Duration.ZERO);
        stopTimeout = checked("limit of a stop", limit, Duration.ZERO);
        return this;
    }

    /**
     * Counts the connections that are open ({@code betrue.websocket.connections}) and those that have ended, by what ended them ({@code betrue.websocket.ended}); calls are counted by
     * {@link io.betrue.commands.Telemetry}. The default counts nothing.
     *
     * @param sdk where metrics go
     * @return this configuration
     */
    public WebSocketCommandsConfig telemetry(OpenTelemetry sdk) {
        telemetry = sdk;
        return this;
    }

    private static int checked(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + ".." + most + ", was " + value);
        }
        return value;
    }

    private static Duration checked(String what, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " must be " + least.toMillis() + " milliseconds to an hour, was " + value);
        }
        return value;
    }
}
