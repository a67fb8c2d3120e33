package io.betrue.commands;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for replies, no longer than their calls may take. */
final class Waiting {
    private Waiting() {}

    static Reply<Payload> forReply(CompletionStage<Reply<Payload>> stage, Call call) {
        CompletableFuture<Reply<Payload>> future = stage.toCompletableFuture();
        Deadline deadline = call.deadline();
        try {
            return deadline == null ? future.get() : future.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw problem(e);
        } catch (TimeoutException e) {
            call.cancellation().cancel(StandardError.DEADLINE_EXCEEDED);
            throw StandardError.DEADLINE_EXCEEDED.problem().toException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancellation().cancel();
            throw StandardError.CANCELLED.problem().cause(e).toException();
        }
    }

    private static ProblemException problem(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof ProblemException problem
                ? problem
                : StandardError.INTERNAL.problem().cause(cause).toException();
    }

    /** {@return what failed, without what futures wrap around it} */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
