package io.betrue.commands.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.CommandsConfig;
import io.betrue.errors.ErrorCatalogue;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be chosen about {@link HttpTarget}. It is used while the client is made and then forgotten. Not safe for use by multiple threads. */
public final class HttpTargetConfig {
    private static final int MOST_CALLS = 100_000;
    private static final int MOST_REPLY = 256 * 1_024 * 1_024;

    Duration connectTimeout = Duration.ofSeconds(2);
    Duration timeout = Duration.ofSeconds(5);
    int inFlight = 256;
    int replyLimit = 10_000_000;
    ErrorCatalogue catalogue = ErrorCatalogue.of();
    ObjectMapper mapper = CommandsConfig.defaultMapper();
    OpenTelemetry telemetry = OpenTelemetry.noop();

    @Nullable
    HttpClient http;

    HttpTargetConfig() {}

    /**
     * Sets how long connecting may take, in place of 2 seconds; the call's deadline holds too. It has no effect together with {@link #http}.
     *
     * @param limit more than zero
     * @return this configuration
     * @throws IllegalArgumentException if it is zero or less
     */
    public HttpTargetConfig connectTimeout(Duration limit) {
        connectTimeout = positive("connect timeout", limit);
        return this;
    }

    /**
     * Sets how long calls may take that have no deadline, in place of 5 seconds; those of {@link io.betrue.commands.CommandClient} always have one.
     *
     * @param limit more than zero
     * @return this configuration
     * @throws IllegalArgumentException if it is zero or less
     */
    public HttpTargetConfig timeout(Duration limit) {
        timeout = positive("timeout", limit);
        return this;
    }

    private static Duration positive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + " of a client must be more than zero, was " + limit);
        }
        return limit;
    }

    /**
     * Sets how many calls may be in flight at once, in place of 256, streams of replies that are still read among them. Each has a connection of its own. Beyond that a call is
     * UNAVAILABLE at once.
     *
     * @param atOnce 1 to 100,000
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpTargetConfig inFlight(int atOnce) {
        inFlight = within("number of calls in flight", atOnce, MOST_CALLS);
        return this;
    }

    /**
     * Sets how large a reply may be, in place of 10,000,000 bytes; streams beside replies have no limit. A larger one is BAD_GATEWAY.
     *
     * @param bytes 1 to 268,435,456
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpTargetConfig replyLimit(int bytes) {
        replyLimit = within("limit of a reply", bytes, MOST_REPLY);
        return this;
    }

    private static int within(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be 1.." + most + ", was " + value);
        }
        return value;
    }

    /**
     * Sets the codes that this process knows beyond the standard ones, so that failures keep their types.
     *
     * @param codes the codes
     * @return this configuration
     */
    public HttpTargetConfig catalogue(ErrorCatalogue codes) {
        catalogue = codes;
        return this;
    }

    /**
     * Sets what writes inputs that are objects of this process.
     *
     * @param custom the mapper, which nobody changes from now on
     * @return this configuration
     */
    public HttpTargetConfig mapper(ObjectMapper custom) {
        mapper = custom;
        return this;
    }

    /**
     * Records each call as a span of kind CLIENT and in the histogram {@code rpc.client.call.duration}, by OpenTelemetry's conventions for RPC. The default records nothing.
     *
     * @param sdk where spans and metrics go
     * @return this configuration
     */
    public HttpTargetConfig telemetry(OpenTelemetry sdk) {
        telemetry = sdk;
        return this;
    }

    /**
     * Sets what sends requests, for certificates and proxies; it stays the caller's own, who closes it.
     *
     * @param custom the client
     * @return this configuration
     */
    public HttpTargetConfig http(HttpClient custom) {
        http = Objects.requireNonNull(custom);
        return this;
    }
}
