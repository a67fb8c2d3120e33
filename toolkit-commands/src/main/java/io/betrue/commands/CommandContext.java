package io.betrue.commands;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.StandardError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows of a call beside its input, and the way to call other commands on its behalf. Safe for use by multiple threads.
 */
public final class CommandContext {
    static final String TRACEPARENT = "traceparent";

    private final CommandType<?, ?> type;
    private final Call call;
    private final Deadline deadline;
    private final Commands commands;
    private final AtomicReference<@Nullable Cancellation> ending = new AtomicReference<>();
    private volatile @Nullable Principal caller;
    private volatile @Nullable Trace trace;

    CommandContext(CommandType<?, ?> type, Call call, Deadline deadline, Commands commands) {
        this.type = type;
        this.call = call;
        this.deadline = deadline;
        this.commands = commands;
        this.caller = call.principal();
    }

    /** {@return the command} */
    public CommandType<?, ?> type() {
        return type;
    }

    /** {@return who calls; empty if it is a stranger} */
    public Optional<Principal> caller() {
        return Optional.ofNullable(caller);
    }

    /**
     * {@return who calls}
     *
     * @throws io.betrue.errors.ProblemException UNAUTHENTICATED if it is a stranger
     */
    public Principal principal() {
        Principal known = caller;
        if (known == null) {
            throw StandardError.UNAUTHENTICATED.problem().toException();
        }
        return known;
    }

    /** {@return what does things later, as long as there are commands} */
    Renewal.Later later() {
        return commands.endings()::later;
    }

    void identify(Principal who) {
        caller = who;
    }

    /** {@return when the call must have ended} */
    public Deadline deadline() {
        return deadline;
    }

    /** {@return whether nobody waits for the reply any more: the caller is gone, or the deadline is reached} */
    public boolean isCancelled() {
        return over() != null;
    }

    /**
     * Ends work for which nobody waits any more; for loops.
     *
     * @throws io.betrue.errors.ProblemException CANCELLED or DEADLINE_EXCEEDED
     */
    public void throwIfCancelled() {
        StandardError why = over();
        if (why != null) {
            throw why.problem().toException();
        }
    }

    @Nullable
    StandardError over() {
        StandardError cancelled = call.cancellation().reason();
        return cancelled != null ? cancelled : deadline.isExpired() ? StandardError.DEADLINE_EXCEEDED : null;
    }

    /**
     * Registers what is to be done when nobody waits any more: cancelling a statement, closing a socket. It is done once; at once if that is so already, else in a thread
     * that is there for such things, one after the other for each call, so that one which blocks holds up those of its call alone.
     *
     * @param listener what to do
     * @return ends the registration; it need not be ended, the end of the call does it
     */
    public Cancellation.Registration onCancel(Runnable listener) {
        return cancellation().onCancel(listener);
    }

    /** {@return what tells that the caller is gone or the deadline is reached; to be handed on} */
    public Cancellation cancellation() {
        Cancellation known = ending.get();
        if (known != null) {
            return known;
        }
        Cancellation made = commands.endings().token();
        if (!ending.compareAndSet(null, made)) {
            return cancellation();
        }
        call.cancellation().onCancel(() -> made.cancel(reason()));
        commands.endings().cancelAt(deadline, made);
        return made;
    }

    private StandardError reason() {
        StandardError why = call.cancellation().reason();
        return why == null ? StandardError.CANCELLED : why;
    }

    /** {@return what travelled beside the input; it ends here, but for the names that {@link CommandsConfig#travelling} says} */
    public Headers headers() {
        return call.headers();
    }

    /**
     * {@return the value of a header, or null if it is absent}
     *
     * @param name the name in any case
     */
    public @Nullable String header(String name) {
        return call.headers().get(name);
    }

    /**
     * {@return the stream beside the input}
     *
     * @throws io.betrue.errors.ProblemException BAD_REQUEST if the caller sent none
     */
    public Content content() {
        Content content = call.content();
        if (content == null) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("{command} takes a stream of bytes beside its input, and there is none.", type.address())
                    .toException();
        }
        return content;
    }

    /** {@return whether the call comes from outside the system} */
    public boolean isExternal() {
        return call.isExternal();
    }

    /** {@return the error codes that the application knows} */
    ErrorCatalogue catalogue() {
        return commands.catalogue();
    }

    /** {@return the way the call came: {@code local}, {@code http}, {@code websocket} or {@code nats}; for logs, not for decisions} */
    public String transport() {
        return call.transport();
    }

    /** {@return the connection of the client, where it outlasts the call: the way to tell it of progress, or to remember it for later} */
    public Optional<Connection> connection() {
        return Optional.ofNullable(call.connection());
    }

    /** {@return the trace that the call belongs to: 32 hexadecimal digits} */
    public String traceId() {
        return trace().id();
    }

    Trace trace() {
        Trace known = trace;
        if (known == null) {
            synchronized (this) {
                known = trace;
                if (known == null) {
                    known = Trace.continuing(call.headers().get(TRACEPARENT));
                    trace = known;
                }
            }
        }
        return known;
    }

    void trace(Trace recorded) {
        trace = recorded;
    }

    /**
     * {@return a client for other commands, wherever they are, on behalf of the caller: with the time that is left, the same principal and trace, cancelled when this
     * call is, and with the headers that travel}
     */
    public CommandClient client() {
        return CommandClient.within(this, commands);
    }

    /**
     * Calls another command, wherever it is, on behalf of the caller.
     *
     * @param other the command
     * @param input what it takes
     * @param <I> what it takes
     * @param <O> what it gives
     * @return what it gives
     * @throws io.betrue.errors.ProblemException if it fails
     */
    public <I, O> O call(CommandType<I, O> other, I input) {
        return client().call(other, input);
    }

    /** {@return what tells that the caller is gone, and nothing of the deadline} */
    Cancellation token() {
        return call.cancellation();
    }

    /** {@return a call of another command on behalf of this one's caller} */
    Call.Builder nested(String address) {
        Headers travelling = call.headers().only(commands.travelling());
        return Call.to(address)
                .headers(travelling.with(TRACEPARENT, trace().parent()))
                .deadline(deadline)
                .principal(caller)
                .connection(call.connection())
                .nested();
    }

    /** {@return the call as it leaves the process for another that checks it again} */
    Call onward(Call original) {
        Call.Builder onward = original.toBuilder()
                .headers(original.headers().with(TRACEPARENT, trace().parent()))
                .deadline(deadline);
        if (type.isRepeatable(
                original.headers())) { // else it is what a caller of this process said, who may know more than a
            // pattern
            onward.repeatable(true);
        }
        return onward.build();
    }
}
