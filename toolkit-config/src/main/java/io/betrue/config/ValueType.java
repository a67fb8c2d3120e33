package io.betrue.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a setting becomes a value.
 * <p>The built-in types have a method each; {@link #of} makes one from a parser function; {@link #check} and
 * {@link #oneOf} narrow any of them. Immutable; safe for use by multiple threads when its parser and checks are.
 *
 * @param <T> the type of the value
 */
public final class ValueType<T> {
    /** A condition on a value, and the words for it. */
    record Check<T>(String requirement, Predicate<? super T> holds) {}

    private final Kind kind;
    private final @Nullable String example;
    private final Function<String, ? extends T> parser;
    private final List<String> options;
    private final List<Check<T>> checks;

    /**
     * What stays the same when a type is narrowed.
     *
     * @param name the name in the documentation
     * @param textual whether the text is taken as it is, without trimming, and may be empty by choice
     * @param secret whether the value must never be shown
     */
    record Kind(String name, boolean textual, boolean secret) {}

    private ValueType(
            Kind kind,
            @Nullable String example,
            Function<String, ? extends T> parser,
            List<String> options,
            List<Check<T>> checks) {
        this.kind = kind;
        this.example = example;
        this.parser = parser;
        this.options = options;
        this.checks = checks;
    }

    static <T> ValueType<T> builtIn(String name, String example, BuiltIn parser) {
        return builtIn(new Kind(name, false, false), example, parser);
    }

    // Each built-in parser gives what the constant it stands in is declared with.
    @SuppressWarnings("unchecked")
    static <T> ValueType<T> builtIn(Kind kind, @Nullable String example, BuiltIn parser) {
        return new ValueType<>(kind, example, (Function<String, T>) (Function<String, ?>) parser, List.of(), List.of());
    }

    static <T> ValueType<T> textual(Kind kind, @Nullable String example, Function<String, ? extends T> parser) {
        return new ValueType<>(kind, example, parser, List.of(), List.of());
    }

    static <T> ValueType<T> options(List<String> options, Function<String, ? extends T> parser) {
        return new ValueType<>(new Kind("enum", false, false), options.get(0), parser, options, List.of());
    }

    /**
     * Makes a type from a parser function.
     *
     * @param name what the documentation calls the type
     * @param example a text the parser accepts; also what stands in for a faulty value until the load has failed
     * @param parser gives the value of a trimmed, non-empty text; refuses by throwing, and the exception's message goes
     *     into the error table unless the setting is secret; must have no side effects
     * @param <T> the type of the value
     * @return the type
     */
    public static <T> ValueType<T> of(String name, String example, Function<String, ? extends T> parser) {
        return new ValueType<>(new Kind(name, false, false), example, parser, List.of(), List.of());
    }

    /** {@return any text, taken as it is} */
    public static ValueType<String> string() {
        return TextTypes.STRING;
    }

    /** {@return a whole number of 32 bits} */
    public static ValueType<Integer> integer() {
        return NumberTypes.INT;
    }

    /** {@return a whole number of 64 bits} */
    public static ValueType<Long> longInteger() {
        return NumberTypes.LONG;
    }

    /** {@return a decimal number of at most 100 characters, without an exponent} */
    public static ValueType<BigDecimal> decimal() {
        return NumberTypes.DECIMAL;
    }

    /** {@return {@code true}, {@code false}, {@code 1} or {@code 0} in any letter case} */
    public static ValueType<Boolean> bool() {
        return NumberTypes.BOOLEAN;
    }

    /**
     * Gives the constants of an enum, in any letter case, with dashes or underscores.
     *
     * @param type the enum's class; must have at least one constant
     * @param <E> the enum
     * @return the type
     */
    public static <E extends Enum<E>> ValueType<E> enumOf(Class<E> type) {
        return TextTypes.enumOf(type);
    }

    /** {@return an absolute http or https address with a host, without trailing slashes} */
    public static ValueType<URI> url() {
        return NetTypes.URL;
    }

    /** {@return an absolute URI of any scheme} */
    public static ValueType<URI> uri() {
        return NetTypes.ABSOLUTE_URI;
    }

    /** {@return a TCP or UDP port, 1 to 65535} */
    public static ValueType<Integer> port() {
        return NetTypes.PORT;
    }

    /** {@return a port to listen on, 0 to 65535, where 0 lets the system choose} */
    public static ValueType<Integer> listenPort() {
        return NetTypes.LISTEN_PORT;
    }

    /** {@return a host and a port, {@code host:port}} */
    public static ValueType<HostPort> hostPort() {
        return NetTypes.HOST_PORT;
    }

    /** {@return an e-mail address of at most 254 characters} */
    public static ValueType<String> email() {
        return NetTypes.EMAIL;
    }

    /** {@return a time of zero or more with its unit: ns, us, ms, s, m, h, d, such as {@code 1h30m}; or ISO-8601} */
    public static ValueType<Duration> duration() {
        return AmountTypes.DURATION;
    }

    /** {@return an amount of data with its unit, such as {@code 64KiB}} */
    public static ValueType<DataSize> dataSize() {
        return AmountTypes.DATA_SIZE;
    }

    /**
     * Gives paths of the file system.
     *
     * @param checks what must hold of the path when the settings are loaded; none by default
     * @return the type
     */
    public static ValueType<Path> path(PathCheck... checks) {
        ValueType<Path> type = TextTypes.PATH;
        for (PathCheck check : checks) {
            type = type.check(check.requirement(), check::holds);
        }
        return type;
    }

    /**
     * Gives texts that match a pattern from end to end.
     *
     * @param pattern the pattern
     * @return the type
     */
    public static ValueType<String> matching(Pattern pattern) {
        return TextTypes.matching(pattern);
    }

    /** {@return a time zone, such as {@code Europe/Paris} or {@code UTC}} */
    public static ValueType<ZoneId> timeZone() {
        return TextTypes.ZONE;
    }

    /** {@return bytes in base64, of the standard or the URL alphabet, with or without padding} */
    public static ValueType<byte[]> base64() {
        return TextTypes.BASE64;
    }

    /** {@return any text that must never be shown} */
    public static ValueType<Secret> secret() {
        return TextTypes.SECRET;
    }

    /**
     * Narrows this type by a condition.
     *
     * @param requirement what must hold, in words that follow the name of a setting: {@code "must be even"}
     * @param holds the condition; not asked while documenting
     * @return the narrower type
     */
    public ValueType<T> check(String requirement, Predicate<? super T> holds) {
        List<Check<T>> more = new ArrayList<>(checks);
        more.add(new Check<>(requirement, holds));
        return new ValueType<>(kind, example, parser, options, List.copyOf(more));
    }

    /**
     * Narrows this type to some of its values.
     *
     * @param texts the values as texts, at least one; each must be a value of this type
     * @return the narrower type
     * @throws IllegalArgumentException if there is none, or one is not a value of this type
     */
    public ValueType<T> oneOf(String... texts) {
        if (texts.length == 0) {
            throw new IllegalArgumentException("oneOf() needs at least one value");
        }
        List<String> allowed = List.of(texts);
        List<T> values = new ArrayList<>();
        for (String text : allowed) {
            try {
                values.add(convert(text));
            } catch (Refusal refusal) {
                throw new IllegalArgumentException(
                        "oneOf(\"" + text + "\") " + refusal.reason() + ", so it is no " + name(), refusal);
            }
        }
        ValueType<T> narrower = check("must be one of " + String.join(", ", allowed), values::contains);
        return new ValueType<>(kind, allowed.get(0), parser, allowed, narrower.checks);
    }

    String name() {
        return kind.name();
    }

    boolean isTextual() {
        return kind.textual();
    }

    boolean isSecret() {
        return kind.secret();
    }

    @Nullable
    String example() {
        return example;
    }

    List<String> options() {
        return options;
    }

    List<String> requirements() {
        return checks.stream().map(Check::requirement).toList();
    }

    /** {@return the value of a text, unchecked} */
    T convert(String text) {
        return parser.apply(isTextual() ? text : text.strip());
    }

    /** {@return the first requirement the value does not meet, or null} */
    @Nullable
    String unmet(T value) {
        for (Check<T> check : checks) {
            if (!check.holds().test(value)) {
                return check.requirement();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return options.isEmpty() ? name() : name() + Arrays.asList(options.toArray());
    }
}
