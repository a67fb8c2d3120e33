package io.betrue.commands.nats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.CommandsConfig;
import io.betrue.errors.ErrorCatalogue;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What can be chosen about a {@link NatsClient}. It is used while that is made and then forgotten. Not safe for use by multiple threads. */
public final class NatsClientConfig {
    String prefix = Subjects.DEFAULT_PREFIX;
    int inFlight = 10_000;
    int streams = 32;
    Duration timeout = Duration.ofMinutes(1);
    Duration idle = Duration.ofSeconds(30);
    ObjectMapper mapper = CommandsConfig.defaultMapper();
    ErrorCatalogue catalogue = ErrorCatalogue.of();
    OpenTelemetry telemetry = OpenTelemetry.noop();

    @Nullable
    Duration silence = Duration.ofMillis(1_500);

    @Nullable
    Executor executor;

    NatsClientConfig() {}

    /**
     * Sets what subjects begin with, as the servers have it; the default is {@code cmd}.
     *
     * @param tokens one to five tokens with dots between them
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public NatsClientConfig prefix(String tokens) {
        prefix = Subjects.checked(tokens);
        return this;
    }

    /**
     * Sets how many calls may wait for their replies at once; more fail as UNAVAILABLE at once. The default is 10,000.
     *
     * @param calls 1 to a million
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsClientConfig inFlight(int calls) {
        inFlight = Limits.count("calls in flight", calls);
        return this;
    }

    /**
     * Sets how many streams may be sent or received at once, each of which takes up to 1 MiB; the default is 32.
     *
     * @param calls 1 to a million
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsClientConfig streams(int calls) {
        streams = Limits.count("streams", calls);
        return this;
    }

    /**
     * Sets how long a call is waited for that has no deadline; the default is a minute.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsClientConfig timeout(Duration limit) {
        timeout = Limits.time("timeout", limit);
        return this;
    }

    /**
     * Sets after how long without a sign of life of the instance that has a call the call fails as UNAVAILABLE, rather than at its deadline; the default is 1.5 seconds.
     * A {@link NatsServer} gives such signs ten times a second for calls that take longer than 50 ms.
     *
     * @param limit more than zero, at most an hour; half a second or more is wise
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsClientConfig silenceLimit(Duration limit) {
        silence = Limits.time("silence limit", limit);
        return this;
    }

    /**
     * Waits for replies until the deadline, signs of life or none: for services that are no {@link NatsServer} and give none.
     *
     * @return this configuration
     */
    public NatsClientConfig withoutSignsOfLife() {
        silence = null;
        return this;
    }

    /**
     * Sets how long a stream may stand still before it is given up; the default is 30 seconds.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsClientConfig idleLimit(Duration limit) {
        idle = Limits.time("idle limit", limit);
        return this;
    }

    /**
     * Sets what writes inputs; the default is that of {@link CommandsConfig#defaultMapper()}.
     *
     * @param custom the mapper, which nobody changes from now on
     * @return this configuration
     */
    public NatsClientConfig mapper(ObjectMapper custom) {
        mapper = custom;
        return this;
    }

    /**
     * Sets the codes that this application knows beyond the standard ones, so that problems of services have the application's own codes.
     *
     * @param whole the catalogue
     * @return this configuration
     */
    public NatsClientConfig catalogue(ErrorCatalogue whole) {
        catalogue = whole;
        return this;
    }

    /**
     * Records each call as a span of kind CLIENT and in the histogram {@code rpc.client.call.duration}, by OpenTelemetry's conventions for RPC, and tells the service of the span.
     * The default records nothing.
     *
     * @param where where spans and metrics go
     * @return this configuration
     */
    public NatsClientConfig telemetry(OpenTelemetry where) {
        telemetry = where;
        return this;
    }

    /**
     * Sets which threads what depends on replies goes on in, and streams are read in; it is not closed. The default has virtual threads where the JVM has them, else
     * at most 256 platform threads.
     *
     * @param custom runs tasks, which may block
     * @return this configuration
     */
    public NatsClientConfig executor(Executor custom) {
        executor = custom;
        return this;
    }
}
