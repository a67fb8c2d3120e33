package io.betrue.examples.monolith;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One line of the table of commands, answered at {@code POST /api/<code>}.
 *
 * @param <I> what comes in
 * @param code its name, as in {@code ledger/deposit}
 * @param input what comes in: a record with a component for each member of the JSON object
 * @param work what it does
 */
record Command<I>(String code, Class<I> input, Work<I> work) {
    /** What a command does with what comes in; the result goes out as JSON. */
    sealed interface Work<I> {}

    /** Work for everybody. */
    record Open<I>(Function<I, Object> function) implements Work<I> {}

    /** Work for a caller with a valid token. */
    record SignedIn<I>(BiFunction<I, Caller, Object> function) implements Work<I> {}

    static <I> Command<I> open(String code, Class<I> input, Function<I, Object> function) {
        return new Command<>(code, input, new Open<>(function));
    }

    static <I> Command<I> signedIn(String code, Class<I> input, BiFunction<I, Caller, Object> function) {
        return new Command<>(code, input, new SignedIn<>(function));
    }
}
