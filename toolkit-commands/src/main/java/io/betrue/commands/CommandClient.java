package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls commands by their types, wherever they are. Immutable and safe for use by multiple threads; what is set holds for the calls of the copy that is returned.
 * <pre>{@code
 * Balance balance = client.timeout(ofSeconds(1)).header("idempotency-key", key).call(DEPOSIT, new Deposit("EUR", 100));
 * }</pre>
 */
public final class CommandClient {
    private static final Duration DEFAULT = Duration.ofSeconds(5);
    private static final String AUTHORIZATION = "authorization";

    private final Target target;
    private final ObjectMapper mapper;
    private final Options options;

    private record Options(
            Headers headers,
            @Nullable Duration timeout,
            @Nullable Content content,
            @Nullable Cancellation cancellation,
            @Nullable Principal principal,
            @Nullable CommandContext within) {
        static final Options NONE = new Options(Headers.NONE, null, null, null, null, null);
    }

    private CommandClient(Target target, ObjectMapper mapper, Options options) {
        this.target = target;
        this.mapper = mapper;
        this.options = options;
    }

    /**
     * {@return a client of the commands of this process}
     *
     * @param commands the commands
     */
    public static CommandClient of(Commands commands) {
        return new CommandClient(commands, commands.mapper(), Options.NONE);
    }

    /**
     * {@return a client of another process}
     *
     * @param target where calls are sent
     */
    public static CommandClient of(Target target) {
        return of(target, CommandsConfig.defaultMapper());
    }

    /**
     * {@return a client of another process}
     *
     * @param target where calls are sent
     * @param mapper what writes inputs and reads outputs
     */
    public static CommandClient of(Target target, ObjectMapper mapper) {
        return new CommandClient(target, mapper, Options.NONE);
    }

    static CommandClient within(CommandContext context, Commands commands) {
        return new CommandClient(
                commands, commands.mapper(), new Options(Headers.NONE, null, null, null, null, context));
    }

    private CommandClient with(Options changed) {
        return new CommandClient(target, mapper, changed);
    }

    /**
     * {@return a client whose calls may take so long}
     *
     * @param limit more than zero; inside a handler the time that is left counts if it is less; the default is the type's, else 5 seconds
     */
    public CommandClient timeout(Duration limit) {
        return with(new Options(
                options.headers, limit, options.content, options.cancellation, options.principal, options.within));
    }

    /**
     * {@return a client whose calls carry one more header}
     *
     * @param name a token, in any case
     * @param value at most 8,192 characters without control characters
     * @throws IllegalArgumentException if one is malformed
     */
    public CommandClient header(String name, String value) {
        return with(new Options(
                options.headers.with(name, value),
                options.timeout,
                options.content,
                options.cancellation,
                options.principal,
                options.within));
    }

    /**
     * {@return a client whose calls carry a token (RFC 6750)}
     *
     * @param token the token
     */
    public CommandClient bearer(String token) {
        return header(AUTHORIZATION, "Bearer " + token);
    }

    /**
     * {@return a client whose next call carries a stream beside its input}
     *
     * @param content the stream, which can be read once; the callee closes it
     */
    public CommandClient content(Content content) {
        return with(new Options(
                options.headers, options.timeout, content, options.cancellation, options.principal, options.within));
    }

    /**
     * {@return a client whose calls can be cancelled}
     *
     * @param token cancels them
     */
    public CommandClient cancellation(Cancellation token) {
        return with(new Options(
                options.headers, options.timeout, options.content, token, options.principal, options.within));
    }

    /**
     * {@return a client that calls for somebody whom this process knows; it means nothing beyond this process, where a token has to prove it}
     *
     * @param caller who calls
     */
    public CommandClient as(Principal caller) {
        return with(new Options(
                options.headers, options.timeout, options.content, options.cancellation, caller, options.within));
    }

    /**
     * Calls a command and waits.
     *
     * @param type the command
     * @param input what it takes
     * @param <I> what it takes
     * @param <O> what it gives
     * @return what it gives
     * @throws io.betrue.errors.ProblemException if it fails, with the callee's own problem; UNAVAILABLE if nobody is there, DEADLINE_EXCEEDED if it took too long,
     *     CANCELLED if it was cancelled or this thread is interrupted
     */
    public <I, O> O call(CommandType<I, O> type, I input) {
        return exchange(type, input).result();
    }

    /**
     * Calls a command and waits, for what travels beside its output.
     *
     * @param type the command
     * @param input what it takes
     * @param <I> what it takes
     * @param <O> what it gives
     * @return the reply; whoever asked for a stream closes it
     * @throws io.betrue.errors.ProblemException as {@link #call} does
     */
    public <I, O> Reply<O> exchange(CommandType<I, O> type, I input) {
        try (Token token = token()) {
            return typed(type, target.call(request(type, input, token.own())));
        }
    }

    /**
     * Calls a command without waiting.
     *
     * @param type the command
     * @param input what it takes
     * @param <I> what it takes
     * @param <O> what it gives
     * @return the reply, or a stage that fails with a {@link io.betrue.errors.ProblemException}
     */
    public <I, O> CompletionStage<Reply<O>> send(CommandType<I, O> type, I input) {
        Token token = token();
        try {
            return target.send(request(type, input, token.own()))
                    .<Reply<O>>thenApply(reply -> typed(type, reply))
                    .whenComplete((reply, failure) -> token.close());
        } catch (RuntimeException e) {
            token.close();
            return CompletableFuture.failedFuture(e);
        }
    }

    private <I, O> Reply<O> typed(CommandType<I, O> type, Reply<Payload> reply) {
        return reply.map(payload -> payload.as(type.output(), mapper));
    }

    private Call request(CommandType<?, ?> type, Object input, Cancellation cancellation) {
        CommandContext outer = options.within;
        Call.Builder call = outer == null ? Call.to(type.address()) : outer.nested(type.address());
        if (options.principal != null) {
            call.principal(options.principal);
        }
        Headers headers =
                outer == null ? options.headers : call.build().headers().and(options.headers);
        return call.input(Payload.of(input))
                .headers(headers)
                .content(options.content)
                .deadline(deadline(type, outer))
                .repeatable(type.isRepeatable(headers))
                .cancellation(cancellation)
                .build();
    }

    private Deadline deadline(CommandType<?, ?> type, @Nullable CommandContext outer) {
        Optional<Duration> own = Optional.ofNullable(options.timeout).or(type::timeout);
        return outer == null
                ? Deadline.in(own.orElse(DEFAULT))
                : own.map(outer.deadline()::within).orElse(outer.deadline());
    }

    /** A token of each call's own: when one takes too long, those beside it go on. */
    private record Token(Cancellation own, Cancellation.Registration registration) implements AutoCloseable {
        @Override
        public void close() {
            registration.close();
        }
    }

    private Token token() {
        Cancellation own = new Cancellation();
        Cancellation given = options.cancellation;
        CommandContext outer = options.within;
        Cancellation parent = given != null ? given : outer == null ? null : outer.token();
        return new Token(own, parent == null ? () -> {} : parent.onCancel(own::cancel));
    }
}
