package io.betrue.commands;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Stands between the transports and the handlers: every call goes through it, whichever way it came. Safe for use by multiple threads.
 * <pre>{@code
 * Interceptor audit = call -> call.proceed().whenComplete((reply, failure) -> journal.write(call.type(), call.context().caller(), failure));
 * }</pre>
 */
@FunctionalInterface
public interface Interceptor {
    /**
     * Lets a call pass with {@link Invocation#proceed()}, or throws.
     *
     * @param call the call
     * @return the reply, or a failed stage
     * @throws io.betrue.errors.ProblemException to refuse the call
     */
    CompletionStage<Reply<Payload>> intercept(Invocation call);

    /**
     * Looks at the commands that are known when {@link Commands} are composed, so that a mistake shows then and not with the first call. Does nothing unless
     * overridden.
     *
     * @param types the commands
     * @throws RuntimeException if one of them cannot be served
     */
    default void prepare(Collection<CommandType<?, ?>> types) {}
}
