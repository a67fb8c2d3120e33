package io.betrue.commands;

import io.betrue.commands.internal.BrokenOff;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns whatever went wrong into a problem of the call's trace; what nobody foresaw goes to the log in full, quietly where nobody waits any more. That the caller broke off
 * its stream is no failure of the handler: the call is CANCELLED.
 */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger("io.betrue.commands.failures");

    private static final int DEEPEST = 8;

    private Failures() {}

    static ProblemException problem(Throwable failure, CommandContext context) {
        Throwable cause = Waiting.unwrap(failure);
        if (cause instanceof ProblemException known) {
            return ofTrace(known, context);
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ofTrace(StandardError.CANCELLED.problem().cause(cause).toException(), context);
        }
        StandardError over = brokenOff(cause, context);
        if (over != null) {
            log.debug("{} broke off, trace {}", context.type(), context.traceId(), cause);
            return over.problem().traceId(context.traceId()).cause(cause).toException();
        }
        log.atLevel(context.isCancelled() ? Level.DEBUG : Level.ERROR)
                .setCause(cause)
                .log("{} failed, trace {}", context.type(), context.traceId());
        return StandardError.INTERNAL
                .problem()
                .traceId(context.traceId())
                .cause(cause)
                .toException();
    }

    /** {@return why nobody waits any more, if that is what made a stream fail; else null} */
    private static @Nullable StandardError brokenOff(Throwable failure, CommandContext context) {
        StandardError over = context.over();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof BrokenOff || (over != null && cause instanceof IOException)) {
                return over == null ? StandardError.CANCELLED : over;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static ProblemException ofTrace(ProblemException known, CommandContext context) {
        Problem problem = known.problem();
        if (problem.traceId() != null) {
            return known;
        }
        ProblemException named = problem.ofTrace(context.traceId()).toException();
        named.initCause(known.getCause() == null ? known : known.getCause());
        return named;
    }
}
