package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.betrue.errors.ErrorCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about {@link Commands}. It is used while they are built and then forgotten. Not safe for use by multiple threads.
 */
public final class CommandsConfig {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 1_000_000;

    final List<Interceptor> chain = new ArrayList<>();
    final Routes.Draft routes = new Routes.Draft();
    final Set<String> travelling = new LinkedHashSet<>(Set.of("authorization", "accept-language"));
    ObjectMapper mapper = defaultMapper();
    ErrorCatalogue catalogue = ErrorCatalogue.of();
    Duration timeout = Duration.ofSeconds(5);
    Duration longest = Duration.ofMinutes(1);
    Duration stopTimeout = Duration.ofSeconds(10);
    int concurrency = 64;
    int waiting = 1_000;
    int largestInput = 1_000_000;
    boolean development;

    @Nullable
    Executor executor;

    CommandsConfig() {}

    /** {@return a new mapper as commands and clients have where none is set, see {@link #mapper}} */
    public static ObjectMapper defaultMapper() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }

    /**
     * Adds to the chain that every call goes through, on every transport; the first added is the outermost.
     *
     * @param interceptor what stands between transports and handlers
     * @return this configuration
     */
    public CommandsConfig intercept(Interceptor interceptor) {
        chain.add(interceptor);
        return this;
    }

    /**
     * Says who handles a command.
     *
     * @param type the command
     * @param handler what it does
     * @param <I> what it takes
     * @param <O> what it gives
     * @return this configuration
     * @throws IllegalArgumentException if somebody handles it already
     */
    public <I, O> CommandsConfig handle(CommandType<I, O> type, Handler<? super I, ? extends O> handler) {
        return answer(type, (context, input) -> Reply.of(handler.handle(context, input)));
    }

    /**
     * Says who handles a command whose status, headers or stream matter.
     *
     * @param type the command
     * @param handler what it does
     * @param <I> what it takes
     * @param <O> what it gives
     * @return this configuration
     * @throws IllegalArgumentException if somebody handles it already
     */
    public <I, O> CommandsConfig answer(CommandType<I, O> type, ReplyHandler<I, O> handler) {
        routes.handle(type, handler);
        return this;
    }

    /**
     * Forwards commands to another process, which checks each call itself. A handler of this process goes before; of several patterns the longest.
     *
     * @param pattern an address, as in {@code ledger/deposit}, or a group with all below it: {@code ledger/*}
     * @param target the other process
     * @return this configuration
     * @throws IllegalArgumentException if the pattern is malformed or forwarded already
     */
    public CommandsConfig forward(String pattern, Target target) {
        routes.forward(pattern, target);
        return this;
    }

    /**
     * Forwards a command of which more is known than its address, so that this process can check callers, too.
     *
     * @param type the command
     * @param target the other process
     * @return this configuration
     * @throws IllegalArgumentException if somebody handles it already
     */
    public CommandsConfig forward(CommandType<?, ?> type, Target target) {
        routes.forward(type, target);
        return this;
    }

    /**
     * Names headers that travel on to the commands that a handler calls, and those these call; {@code authorization} and {@code accept-language} do already, and
     * the trace. All others end where they arrive.
     *
     * @param names names in any case
     * @return this configuration
     */
    public CommandsConfig travelling(String... names) {
        for (String name : names) {
            travelling.add(name.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /**
     * Sets what reads and writes payloads. The default knows records and {@code java.time}, writes times as ISO 8601 text, and refuses unknown members.
     *
     * @param custom the mapper, which nobody changes from now on
     * @return this configuration
     */
    public CommandsConfig mapper(ObjectMapper custom) {
        mapper = custom;
        return this;
    }

    /**
     * Sets the codes that this application knows beyond the standard ones, so that failures of other processes keep their types.
     *
     * @param whole the catalogue
     * @return this configuration
     */
    public CommandsConfig catalogue(ErrorCatalogue whole) {
        catalogue = whole;
        return this;
    }

    /**
     * Sets how long a call may take where neither the caller nor the type says so; the default is 5 seconds.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public CommandsConfig timeout(Duration limit) {
        timeout = checked("timeout", limit);
        return this;
    }

    /**
     * Sets the most that a caller may ask for; the default is a minute. A type's own timeout may be longer.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public CommandsConfig longestTimeout(Duration limit) {
        longest = checked("longest timeout", limit);
        return this;
    }

    /**
     * Sets how long {@link Commands#close()} waits for calls that run; the default is 10 seconds.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public CommandsConfig stopTimeout(Duration limit) {
        stopTimeout = checked("stop timeout", limit);
        return this;
    }

    private static Duration checked(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be more than zero and at most an hour, was " + limit);
        }
        return limit;
    }

    /**
     * Sets how many calls that came over a transport may run at once, and how many may wait, for each command; more are refused as UNAVAILABLE. The defaults are 64
     * and 1,000. Calls that a thread of this process makes and waits for run in that thread and are not counted.
     *
     * @param running 1 to a million
     * @param queued 0 to a million
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public CommandsConfig concurrency(int running, int queued) {
        if (running < 1 || running > MOST || queued < 0 || queued > MOST) {
            throw new IllegalArgumentException("concurrency must be 1.." + MOST + " running and 0.." + MOST
                    + " waiting, was " + running + " and " + queued);
        }
        concurrency = running;
        waiting = queued;
        return this;
    }

    /**
     * Sets how large the JSON of an input may be that comes from outside this process, on every transport; more is PAYLOAD_TOO_LARGE. The default is 1,000,000 bytes.
     * What NATS may carry is the server's {@code max_payload}, 1 MiB unless it is changed.
     *
     * @param bytes 1 KB to 1 GB
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public CommandsConfig largestInput(int bytes) {
        if (bytes < 1_000 || bytes > 1_000_000_000) {
            throw new IllegalArgumentException("largest input must be 1,000..1,000,000,000 bytes, was " + bytes);
        }
        largestInput = bytes;
        return this;
    }

    /**
     * Sets where handlers run whose calls came over a transport; it is not closed. The default has virtual threads where the JVM has them, else at most 512 platform
     * threads.
     *
     * @param custom runs tasks, never in the thread that hands them in
     * @return this configuration
     */
    public CommandsConfig executor(Executor custom) {
        executor = custom;
        return this;
    }

    /**
     * Tells callers of a command that does not exist which ones do; for development only.
     *
     * @return this configuration
     */
    public CommandsConfig development() {
        development = true;
        return this;
    }
}
