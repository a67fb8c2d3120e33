package io.betrue.examples.monolith;

import io.betrue.errors.ErrorCode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One line of the table of commands, answered at {@code POST /api/<code>}. The records that come in and go out are also the schemas of both.
 *
 * @param <I> what comes in
 * @param code its name, as in {@code ledger/deposit}
 * @param input what comes in: a record with a component for each member of the JSON object
 * @param output what goes out: a record too
 * @param work what it does
 * @param errors the failures that are its own
 */
record Command<I>(String code, Class<I> input, Class<?> output, Work<I> work, List<ErrorCode> errors) {
    /** What a command does with what comes in; the result goes out as JSON. */
    sealed interface Work<I> {}

    /** Work for everybody. */
    record Open<I>(Function<I, ?> function) implements Work<I> {}

    /** Work for a caller with a valid token. */
    record SignedIn<I>(BiFunction<I, Caller, ?> function) implements Work<I> {}

    static <I, O> Command<I> open(
            String code, Class<I> input, Class<O> output, Function<I, O> function, ErrorCode... errors) {
        return new Command<>(code, input, output, new Open<>(function), List.of(errors));
    }

    static <I, O> Command<I> signedIn(
            String code, Class<I> input, Class<O> output, BiFunction<I, Caller, O> function, ErrorCode... errors) {
        return new Command<>(code, input, output, new SignedIn<>(function), List.of(errors));
    }

    /** {@return the name of the schema of what goes out} */
    String result() {
        return code + "/result";
    }

    /** {@return who may call it} */
    Access access() {
        return work instanceof Open ? Access.EVERYBODY : Access.SIGNED_IN;
    }
}
