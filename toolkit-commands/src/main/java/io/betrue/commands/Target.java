package io.betrue.commands;

import java.util.concurrent.CompletionStage;

/**
 * Where calls can be sent: the {@link Commands} of this process, or a client of another. Implementations are safe for use by multiple threads.
 */
@FunctionalInterface
public interface Target {
    /**
     * Sends a call, without waiting.
     *
     * <p>The stage ends by the call's deadline or soon after; it fails with a {@link io.betrue.errors.ProblemException} and nothing else: UNAVAILABLE if nobody is there,
     * DEADLINE_EXCEEDED if the answer did not come in time, CANCELLED if the caller cancelled. This method does not throw.
     *
     * @param call the call
     * @return the reply
     */
    CompletionStage<Reply<Payload>> send(Call call);

    /**
     * Sends a call and waits in this thread, or does its work in this thread.
     *
     * @param call the call
     * @return the reply
     * @throws io.betrue.errors.ProblemException if it fails; CANCELLED if this thread is interrupted, which it stays
     */
    default Reply<Payload> call(Call call) {
        return Waiting.forReply(send(call), call);
    }
}
