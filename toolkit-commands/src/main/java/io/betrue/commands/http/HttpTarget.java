package io.betrue.commands.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.CommandClient;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.commands.internal.ClientSpans;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.StandardError;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Calls commands that another process serves over HTTP, see {@link HttpCommands}.
 * <pre>{@code
 * HttpTarget ledger = HttpTarget.of(URI.create("http://ledger:8080/api"));
 * Balance balance = ledger.client().bearer(token).call(DEPOSIT, new Deposit("EUR", 100));
 * }</pre>
 * The deadline travels along, and when the caller cancels or the deadline is reached, the request is cancelled, which the other process notices. Nothing is tried twice. Needs
 * nothing beyond the JDK. Safe for use by multiple threads.
 */
public final class HttpTarget implements Target, AutoCloseable {
    static final String INPUT = "Command-Input";
    static final String OUTPUT = "Command-Output";

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_/.-]{1,210}");
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    final HttpClient http;
    final ObjectMapper mapper;
    final ErrorCatalogue catalogue;
    final ClientSpans spans;
    final Duration timeout;
    final int replyLimit;
    private final String base;
    private final int most;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<ClientCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HttpTarget(URI base, HttpTargetConfig config) {
        String scheme = base.getScheme();
        if (base.getHost() == null
                || !("http".equals(scheme) || "https".equals(scheme))
                || base.getRawQuery() != null
                || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "base of a client must look like http://host:8080/api, without user, query or fragment");
        }
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        http = config.http != null
                ? config.http
                : HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(config.connectTimeout)
                        .build();
        mapper = config.mapper;
        catalogue = config.catalogue;
        spans = new ClientSpans(config.telemetry, "http", peer(base));
        timeout = config.timeout;
        replyLimit = config.replyLimit;
        most = config.inFlight;
    }

    /**
     * {@return a client as by default}
     *
     * @param base where the commands are, the prefix with it: {@code http://ledger:8080/api}
     * @throws IllegalArgumentException if it is no such URI
     */
    public static HttpTarget of(URI base) {
        return of(base, config -> {});
    }

    /**
     * {@return a client as configured}
     *
     * @param base where the commands are, the prefix with it: {@code http://ledger:8080/api}
     * @param config sets what differs from the defaults; called once, at once
     * @throws IllegalArgumentException if it is no such URI
     */
    public static HttpTarget of(URI base, Consumer<HttpTargetConfig> config) {
        HttpTargetConfig wanted = new HttpTargetConfig();
        config.accept(wanted);
        return new HttpTarget(base, wanted);
    }

    /** {@return a client that calls by types} */
    public CommandClient client() {
        return CommandClient.of(this, mapper);
    }

    @Override
    public CompletionStage<Reply<Payload>> send(Call call) {
        ClientCall one = new ClientCall(this, call);
        if (!ADDRESS.matcher(call.address()).matches() || call.address().contains("..")) {
            return one.refuse(StandardError.NOT_FOUND.problem());
        }
        if (closed || inFlight.incrementAndGet() > most) {
            if (!closed) {
                inFlight.decrementAndGet();
            }
            return one.refuse(StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK));
        }
        calls.add(one);
        if (closed) {
            call.cancellation().cancel();
        }
        return one.start(URI.create(base + "/" + call.address()));
    }

    /** Ends what {@link #send} began. */
    void leave(ClientCall call) {
        if (calls.remove(call)) {
            inFlight.decrementAndGet();
        }
    }

    /**
     * Sends no further calls (UNAVAILABLE) and cancels those in flight. The client of the JDK ends when nobody has this any more. Closing twice does no harm.
     */
    @Override
    public void close() {
        closed = true;
        calls.forEach(ClientCall::abandon);
    }

    /** {@return the server, as the conventions name it} */
    private static Attributes peer(URI base) {
        long standard = base.getScheme().equals("https") ? 443 : 80;
        return Attributes.of(
                AttributeKey.stringKey("server.address"),
                base.getHost(),
                AttributeKey.longKey("server.port"),
                base.getPort() >= 0 ? (long) base.getPort() : standard);
    }
}
