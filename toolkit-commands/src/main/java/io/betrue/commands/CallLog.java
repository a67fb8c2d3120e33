package io.betrue.commands;

import io.betrue.errors.ProblemException;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes a line at INFO for each call that has ended, to the logger {@code io.betrue.commands.calls}, and keeps {@code traceId} in the log context of the thread that
 * handles it and of the one that writes the line, where the span of the call is current too. Inputs, outputs and values of headers are never written: they carry passwords and tokens. Put it first. Safe for use by multiple threads.
 */
public final class CallLog implements Interceptor {
    private static final Logger log = LoggerFactory.getLogger("io.betrue.commands.calls");
    private static final String KEY = "traceId";

    private CallLog() {}

    /** {@return the log} */
    public static CallLog create() {
        return new CallLog();
    }

    @Override
    public CompletionStage<Reply<Payload>> intercept(Invocation call) {
        long began = System.nanoTime();
        Context around = Context.current();
        String before = MDC.get(KEY);
        MDC.put(KEY, call.context().traceId());
        try {
            return call.proceed().whenComplete((reply, failure) -> writeWithin(around, call, failure, began));
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }

    /** A call may end on another thread than it began on: the line belongs to its trace and span all the same. */
    @SuppressWarnings("try") // the scope is ended, not used
    private static void writeWithin(Context around, Invocation call, @Nullable Throwable failure, long began) {
        if (!log.isInfoEnabled()) {
            return;
        }
        String before = MDC.get(KEY);
        MDC.put(KEY, call.context().traceId());
        try (Scope scope = around.makeCurrent()) {
            write(call, failure, began);
        } finally {
            restore(before);
        }
    }

    private static void write(Invocation call, @Nullable Throwable failure, long began) {
        String outcome = failure == null
                ? "done"
                : Waiting.unwrap(failure) instanceof ProblemException problem
                        ? problem.code().name()
                        : "failed";
        CommandContext context = call.context();
        log.info(
                "{} {} in {} ms, {} {}, trace {}",
                context.type().address(),
                outcome,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                context.transport(),
                context.caller().map(Principal::id).orElse("-"),
                context.traceId());
    }
}
