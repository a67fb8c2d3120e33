package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletionStage;

/** One call on its way through the {@link Interceptor}s. Used by one thread at a time. */
public final class Invocation {
    private final Run run;
    private final int next;

    Invocation(Run run, int next) {
        this.run = run;
        this.next = next;
    }

    /** {@return the command; for a forwarded one of which only the address is known it is open, and the service behind decides} */
    public CommandType<?, ?> type() {
        return run.context.type();
    }

    /** {@return what the handler will see} */
    public CommandContext context() {
        return run.context;
    }

    /** {@return the call as it came} */
    public Call call() {
        return run.call;
    }

    /** {@return the input} */
    public Payload input() {
        return run.call.input();
    }

    /** {@return whether the call goes to another process, which checks it itself} */
    public boolean isForwarded() {
        return run.route.isForward();
    }

    /** {@return what reads and writes payloads} */
    public ObjectMapper mapper() {
        return run.mapper;
    }

    /**
     * Says who calls, for all that follows.
     *
     * @param caller who calls
     */
    public void identify(Principal caller) {
        run.context.identify(caller);
    }

    /**
     * Lets the call pass to the next interceptor or, after the last, to the handler.
     *
     * @return the reply, or a stage that failed with a {@link io.betrue.errors.ProblemException}; never throws
     */
    public CompletionStage<Reply<Payload>> proceed() {
        return run.step(next);
    }
}
