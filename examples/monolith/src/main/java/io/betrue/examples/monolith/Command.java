package io.betrue.examples.monolith;

import io.betrue.errors.ErrorCode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One line of the table of commands, answered at {@code POST /api/<code>}. What comes in and goes out must fit the schemas {@code <code>/in} and
 * {@code <code>/out}.
 *
 * @param <I> what comes in
 * @param code its name, as in {@code ledger/deposit}
 * @param summary what it does, for people
 * @param input what comes in: a record with a component for each member of the JSON object
 * @param work what it does
 * @param problems the failures that it has beside those that every command has
 * @param keyed whether an Idempotency-Key means something to it
 */
record Command<I>(String code, String summary, Class<I> input, Work<I> work, List<ErrorCode> problems, boolean keyed) {
    /** What a command does with what comes in; the result goes out as JSON. */
    sealed interface Work<I> {}

    /** Work for everybody. */
    record Open<I>(Function<I, Object> function) implements Work<I> {}

    /** Work for a caller with a valid token. */
    record SignedIn<I>(BiFunction<I, Caller, Object> function) implements Work<I> {}

    static <I> Command<I> open(
            String code, String summary, Class<I> input, Function<I, Object> function, ErrorCode... problems) {
        return new Command<>(code, summary, input, new Open<>(function), List.of(problems), false);
    }

    static <I> Command<I> signedIn(
            String code,
            String summary,
            Class<I> input,
            BiFunction<I, Caller, Object> function,
            ErrorCode... problems) {
        return new Command<>(code, summary, input, new SignedIn<>(function), List.of(problems), false);
    }

    /** {@return the same command, which a caller may repeat with the same Idempotency-Key for one effect} */
    Command<I> withKey() {
        return new Command<>(code, summary, input, work, problems, true);
    }
}
