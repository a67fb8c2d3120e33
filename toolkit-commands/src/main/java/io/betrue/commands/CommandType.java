package io.betrue.commands;

import io.betrue.errors.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a command is, to whoever calls it and whoever handles it.
 * <pre>{@code
 * static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of("ledger/deposit", Deposit.class, Balance.class)
 *         .description("Brings money in").idempotent().problems(LedgerError.UNKNOWN_CURRENCY);
 * }</pre>
 * Immutable and safe for use by multiple threads; each method returns a changed copy.
 *
 * @param <I> what it takes
 * @param <O> what it gives
 */
public final class CommandType<I, O> {
    private static final Pattern CODE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(/[A-Za-z_][A-Za-z0-9_-]*){0,7}");
    private static final Pattern VERSION = Pattern.compile("(.*/)?v[0-9]+(/.*)?");
    private static final int MAX_CODE = 200;
    private static final int MAX_VERSION = 9_999;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final String code;
    private final Class<I> input;
    private final Class<O> output;
    private final Traits traits;
    private final String address;

    private CommandType(String code, Class<I> input, Class<O> output, Traits traits) {
        this.code = code;
        this.input = input;
        this.output = output;
        this.traits = traits;
        this.address = traits.version() == 1 ? code : code + ".v" + traits.version();
    }

    /**
     * Describes a command of version 1 that anybody may call who is signed in.
     *
     * @param code its name, groups before it: {@code ledger/deposit}; at most 200 characters and 8 segments of letters, digits, {@code _} and {@code -}, none of
     *     them like {@code v2}, which is how versions are written
     * @param input what it takes: a record, {@link Nothing}, or {@code JsonNode} for what only a schema describes
     * @param output what it gives, in the same way
     * @param <I> what it takes
     * @param <O> what it gives
     * @return the type
     * @throws IllegalArgumentException if the code is malformed
     */
    public static <I, O> CommandType<I, O> of(String code, Class<I> input, Class<O> output) {
        if (code.length() > MAX_CODE
                || !CODE.matcher(code).matches()
                || VERSION.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "code of a command \"" + code
                            + "\" must look like ledger/deposit: at most 200 characters, segments of letters, digits, _ and -, none like v2");
        }
        return new CommandType<>(code, input, output, Traits.NONE);
    }

    /** {@return the name without a version: {@code ledger/deposit}} */
    public String code() {
        return code;
    }

    /** {@return the version, from 1} */
    public int version() {
        return traits.version();
    }

    /** {@return what it is called by on every transport: the code, and from version 2 on {@code ledger/deposit.v2}} */
    public String address() {
        return address;
    }

    /** {@return what it takes} */
    public Class<I> input() {
        return input;
    }

    /** {@return what it gives} */
    public Class<O> output() {
        return output;
    }

    /** {@return what it does, in a sentence for people; perhaps empty} */
    public String description() {
        return traits.description();
    }

    /** {@return whether only other services may call it: it does not exist over HTTP and WebSocket} */
    public boolean isInternal() {
        return traits.has(Traits.Flag.INTERNAL);
    }

    /** {@return whether calling it twice does what calling it once does, so that a caller may try again} */
    public boolean isIdempotent() {
        return traits.has(Traits.Flag.IDEMPOTENT);
    }

    /** {@return whether strangers may call it} */
    public boolean isOpen() {
        return traits.has(Traits.Flag.OPEN);
    }

    /** {@return whether a caller may give a key in the header {@code idempotency-key}, so that all calls with it have one effect} */
    public boolean takesKey() {
        return traits.has(Traits.Flag.TAKES_KEY);
    }

    /** {@return whether a call with these headers has the same effect when it is done twice} */
    boolean isRepeatable(Headers headers) {
        return isIdempotent() || (takesKey() && headers.get(Idempotency.HEADER) != null);
    }

    /** {@return whether it takes a stream of bytes beside its input} */
    public boolean takesContent() {
        return traits.has(Traits.Flag.TAKES_CONTENT);
    }

    /** {@return whether it gives a stream of bytes beside its output} */
    public boolean givesContent() {
        return traits.has(Traits.Flag.GIVES_CONTENT);
    }

    /** {@return the roles of which a caller needs one; empty if it needs none} */
    public Set<String> roles() {
        return traits.roles();
    }

    /** {@return how long a call may take where the caller does not say; empty for the default of {@link Commands}} */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(traits.timeout());
    }

    /** {@return the failures that a caller has to reckon with beyond the standard ones} */
    public List<ErrorCode> problems() {
        return traits.problems();
    }

    /**
     * Says what the command does.
     *
     * @param text a sentence for people
     * @return the changed type
     */
    public CommandType<I, O> description(String text) {
        return with(traits.description(text));
    }

    /**
     * Makes it another version of the command, which is a command of its own.
     *
     * @param number 1 to 9,999
     * @return the changed type
     * @throws IllegalArgumentException if the number is out of range
     */
    public CommandType<I, O> version(int number) {
        if (number < 1 || number > MAX_VERSION) {
            throw new IllegalArgumentException("version of " + code + " must be 1.." + MAX_VERSION + ", was " + number);
        }
        return with(traits.version(number));
    }

    /** {@return the type, for other services only} */
    public CommandType<I, O> internal() {
        return with(traits.with(Traits.Flag.INTERNAL));
    }

    /** {@return the type, which callers may call again when they do not know whether it was done} */
    public CommandType<I, O> idempotent() {
        return with(traits.with(Traits.Flag.IDEMPOTENT));
    }

    /** {@return the type, which strangers may call} */
    public CommandType<I, O> open() {
        return with(traits.with(Traits.Flag.OPEN));
    }

    /**
     * {@return the type, whose callers may give a key in the header {@code idempotency-key}, so that all calls with it have one effect; documents show the header, and gateways
     * try calls again that have one. It is what {@link Idempotency} does for commands without streams, or a handler itself in the transaction of its work}
     */
    public CommandType<I, O> takingKey() {
        return with(traits.with(Traits.Flag.TAKES_KEY));
    }

    /** {@return the type, which takes {@link Content} beside its input} */
    public CommandType<I, O> takingContent() {
        return with(traits.with(Traits.Flag.TAKES_CONTENT));
    }

    /** {@return the type, which gives {@link Content} beside its output} */
    public CommandType<I, O> givingContent() {
        return with(traits.with(Traits.Flag.GIVES_CONTENT));
    }

    /**
     * Demands a role of the caller.
     *
     * @param anyOf the roles of which one is enough
     * @return the changed type
     */
    public CommandType<I, O> roles(String... anyOf) {
        return with(traits.roles(Set.of(anyOf)));
    }

    /**
     * Sets how long a call may take where the caller does not say.
     *
     * @param limit more than zero, at most an hour
     * @return the changed type
     * @throws IllegalArgumentException if the limit is out of range
     */
    public CommandType<I, O> timeout(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "timeout of " + code + " must be more than zero and at most an hour, was " + limit);
        }
        return with(traits.timeout(limit));
    }

    /**
     * Names failures that a caller has to reckon with beyond the standard ones.
     *
     * @param codes the codes
     * @return the changed type
     */
    public CommandType<I, O> problems(ErrorCode... codes) {
        return with(traits.problems(List.of(codes)));
    }

    /**
     * Names failures that a caller has to reckon with beyond the standard ones.
     *
     * @param codes the codes
     * @return the changed type
     */
    public CommandType<I, O> problems(Collection<? extends ErrorCode> codes) {
        return with(traits.problems(List.copyOf(codes)));
    }

    private CommandType<I, O> with(Traits changed) {
        return new CommandType<>(code, input, output, changed);
    }

    /** {@return the address} */
    @Override
    public String toString() {
        return address;
    }
}
