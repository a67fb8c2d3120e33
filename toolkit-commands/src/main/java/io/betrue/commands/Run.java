package io.betrue.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.errors.StandardError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One call inside {@link Commands}: its way through the chain to whoever answers it. */
final class Run {
    final Call call;
    final Route route;
    final CommandContext context;
    final ObjectMapper mapper;
    private final List<Interceptor> chain;

    Run(Call call, Route route, CommandContext context, ObjectMapper mapper, List<Interceptor> chain) {
        this.call = call;
        this.route = route;
        this.context = context;
        this.mapper = mapper;
        this.chain = chain;
    }

    /** Goes the whole way; the stage fails with nothing but problems of the call's trace. */
    CompletionStage<Reply<Payload>> start() {
        return step(0);
    }

    /** {@return the call with the deadline that holds for it} */
    Call waited() {
        return call.deadline() == context.deadline()
                ? call
                : call.toBuilder().deadline(context.deadline()).build();
    }

    CompletionStage<Reply<Payload>> step(int index) {
        try {
            if (index < chain.size()) {
                return chain.get(index).intercept(new Invocation(this, index + 1));
            }
            refuseIfOver();
            return route.answer(this);
        } catch (Throwable e) { // an Error of a handler is an answer too, or the caller waits for ever
            return CompletableFuture.failedFuture(Failures.problem(e, context));
        }
    }

    /** What nobody waits for is not started. */
    private void refuseIfOver() {
        StandardError over = context.over();
        if (over != null) {
            throw over.problem().toException();
        }
    }
}
