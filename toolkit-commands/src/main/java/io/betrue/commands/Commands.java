package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that can be called here: who handles them, and the one chain of {@link Interceptor}s that every call goes through, whichever way it came.
 * <pre>{@code
 * Commands commands = Commands.of(c -> c.intercept(authentication).handle(DEPOSIT, ledger::deposit));
 * Balance balance = commands.client().call(DEPOSIT, new Deposit("EUR", 100));
 * }</pre>
 * Safe for use by multiple threads.
 */
public final class Commands implements Target, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Routes routes;
    private final List<Interceptor> chain;
    private final Set<String> travelling;
    private final ObjectMapper mapper;
    private final ErrorCatalogue catalogue;
    private final Duration timeout;
    private final Duration longest;
    private final Duration stopTimeout;
    private final int largestInput;
    private final boolean development;
    private final InFlight inFlight = new InFlight();
    private final Endings endings = new Endings();
    private final Runnable stopThreads;

    private Commands(CommandsConfig config) {
        Executor executor = config.executor;
        if (executor == null) {
            ExecutorService own = Threads.forHandlers();
            executor = own;
            stopThreads = own::shutdown;
        } else {
            stopThreads = () -> {};
        }
        Executor threads = executor;
        config.routes.handle(CommandList.TYPE, (context, input) -> Reply.of(CommandList.of(types(), context)));
        routes = config.routes.build(() -> new Lane(threads, config.concurrency, config.waiting));
        chain = List.copyOf(config.chain);
        chain.forEach(interceptor -> interceptor.prepare(routes.types()));
        travelling = Set.copyOf(config.travelling);
        mapper = config.mapper;
        catalogue = config.catalogue;
        timeout = config.timeout;
        longest = config.longest;
        stopTimeout = config.stopTimeout;
        largestInput = config.largestInput;
        development = config.development;
    }

    /**
     * Composes commands.
     *
     * @param config says who handles them and what they go through
     * @return the commands
     * @throws IllegalArgumentException if a command has two handlers, or anything else is refused
     */
    public static Commands of(Consumer<CommandsConfig> config) {
        CommandsConfig wanted = new CommandsConfig();
        config.accept(wanted);
        return new Commands(wanted);
    }

    /** {@return a client that calls these commands in this process, without turning anything into bytes} */
    public CommandClient client() {
        return CommandClient.of(this);
    }

    /** {@return the commands that are known here, forwarded ones only where they were named one by one; in no order} */
    public Collection<CommandType<?, ?>> types() {
        return routes.types();
    }

    /** {@return the commands that this process handles itself, in no order} */
    public Collection<CommandType<?, ?>> handled() {
        return routes.handled();
    }

    /** {@return what reads and writes payloads} */
    public ObjectMapper mapper() {
        return mapper;
    }

    /** {@return the error codes that are known here} */
    public ErrorCatalogue catalogue() {
        return catalogue;
    }

    /** {@return how many bytes the JSON of an input may have that comes from outside; transports need not read more} */
    public int largestInput() {
        return largestInput;
    }

    /** {@return the names of the headers that travel on to further calls, in lower case} */
    public Set<String> travelling() {
        return travelling;
    }

    /**
     * Sends a call that came over a transport: a handler of this process runs in a thread of its own, at most so many at once as {@link CommandsConfig#concurrency}
     * says.
     */
    @Override
    public CompletionStage<Reply<Payload>> send(Call call) {
        CompletableFuture<Reply<Payload>> promise = new CompletableFuture<>();
        Run run;
        try {
            run = enter(call);
        } catch (ProblemException e) {
            promise.completeExceptionally(e);
            return promise;
        }
        leaveAtEnd(run, promise);
        Runnable work = () -> run.start().whenComplete((reply, failure) -> end(promise, reply, failure, run));
        try {
            if (run.route instanceof Route.Local<?, ?> local) {
                local.lane().submit(() -> {
                    if (!promise.isDone()) { // it may have waited too long
                        work.run();
                    }
                });
            } else {
                work.run();
            }
        } catch (ProblemException e) {
            promise.completeExceptionally(Failures.problem(e, run.context));
        }
        return promise;
    }

    private void leaveAtEnd(Run run, CompletableFuture<Reply<Payload>> promise) {
        Cancellation.Registration gone =
                run.call.cancellation().onCancel(() -> fail(promise, run, StandardError.CANCELLED));
        Future<?> late = endings.at(run.context.deadline(), () -> endings.tell(() -> late(promise, run)));
        Future<?> unused = promise.whenComplete((reply, failure) -> {
            gone.close();
            late.cancel(false);
            inFlight.leave(run.call);
        });
    }

    private static void late(CompletableFuture<Reply<Payload>> promise, Run run) {
        fail(promise, run, StandardError.DEADLINE_EXCEEDED);
        run.call.cancellation().cancel(StandardError.DEADLINE_EXCEEDED);
    }

    private static void fail(CompletableFuture<Reply<Payload>> promise, Run run, StandardError why) {
        if (!promise.isDone()) {
            promise.completeExceptionally(Failures.problem(why.problem().toException(), run.context));
        }
    }

    @SuppressWarnings("NullAway") // a completed stage has a reply or a failure
    private static void end(
            CompletableFuture<Reply<Payload>> promise, Reply<Payload> reply, Throwable failure, Run run) {
        StandardError over = run.context.over();
        if (failure != null) {
            promise.completeExceptionally(Failures.problem(failure, run.context));
        } else if (over != null) {
            fail(promise, run, over);
            discard(reply);
        } else if (!promise.complete(reply)) {
            discard(reply);
        }
    }

    private static void discard(Reply<Payload> reply) {
        Content content = reply.content();
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                log.debug("a stream that nobody waits for could not be closed", e);
            }
        }
    }

    /** Does a call in this thread, or waits in it for one that is forwarded. */
    @Override
    public Reply<Payload> call(Call call) {
        Run run = enter(call);
        try {
            Reply<Payload> reply = Waiting.forReply(run.start(), run.waited());
            StandardError over = run.context.over();
            if (over != null) {
                discard(reply);
                throw over.problem().toException();
            }
            return reply;
        } catch (ProblemException e) {
            throw Failures.problem(e, run.context);
        } finally {
            inFlight.leave(call);
        }
    }

    private Run enter(Call call) {
        Routes.Entry entry = routes.find(call.address());
        if (entry == null || (call.isExternal() && entry.type().isInternal())) {
            throw unknown(call);
        }
        CommandType<?, ?> type = entry.type();
        CommandContext context = new CommandContext(type, call, deadline(call, type), this);
        refuseMisfits(call, context, entry.route());
        if (!inFlight.enter(call)) {
            throw Failures.problem(
                    StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).toException(), context);
        }
        return new Run(call, entry.route(), context, mapper, chain);
    }

    private void refuseMisfits(Call call, CommandContext context, Route route) {
        Problem.Builder problem = null;
        if (call.input().foreignSize() > largestInput) {
            problem = StandardError.PAYLOAD_TOO_LARGE.problem().with("limit", largestInput);
        } else if (call.content() != null && !context.type().takesContent() && !route.isForward()) {
            problem = StandardError.BAD_REQUEST
                    .problem()
                    .detail("{command} takes no stream of bytes beside its input.", call.address());
        }
        if (problem != null) {
            throw Failures.problem(problem.toException(), context);
        }
    }

    private Deadline deadline(Call call, CommandType<?, ?> type) {
        Deadline given = call.deadline();
        Duration own = type.timeout().orElse(timeout);
        return given == null ? Deadline.in(own) : given.within(own.compareTo(longest) > 0 ? own : longest);
    }

    private ProblemException unknown(Call call) {
        Problem.Builder problem = StandardError.NOT_FOUND
                .problem()
                .detail("There is no such command.")
                .traceId(Trace.continuing(call.headers().get(CommandContext.TRACEPARENT))
                        .id());
        if (development) {
            problem.with(
                    "commands",
                    types().stream().map(CommandType::address).sorted().toList());
        }
        return problem.toException();
    }

    Endings endings() {
        return endings;
    }

    /**
     * Lets no further call begin (UNAVAILABLE), waits for those that run, for {@link CommandsConfig#stopTimeout} at most, cancels those that stay, and ends the threads.
     * Transports are to be closed before. Closing twice does no harm.
     */
    @Override
    public void close() {
        inFlight.close(stopTimeout);
        endings.close();
        stopThreads.run();
    }
}
