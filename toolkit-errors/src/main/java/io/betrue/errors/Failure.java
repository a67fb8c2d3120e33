package io.betrue.errors;

import org.jspecify.annotations.Nullable;

/**
 * What is answered to a failure, and what is only logged.
 *
 * @param problem the answer
 * @param cause what the log shows with its stack, or null when the problem says it all
 */
record Failure(Problem problem, @Nullable Throwable cause) {
    /** A failure that nobody foresaw: the answer says nothing but the trace id. */
    static Failure unexpected(Throwable cause) {
        return new Failure(StandardError.INTERNAL.problem().build(), cause);
    }

    /** A failure that has its code. */
    static Failure expected(Problem problem) {
        return new Failure(problem, null);
    }
}
