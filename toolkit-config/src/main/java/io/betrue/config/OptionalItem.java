package io.betrue.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A setting that may stay unset: each {@code as…} method ends the declaration and gives an {@code Optional}, empty when no
 * source has a value.
 */
public final class OptionalItem extends Setting<OptionalItem> {
    OptionalItem(Spec spec) {
        super(spec);
    }

    @Override
    OptionalItem self() {
        return this;
    }

    /** {@return any text; empty when unset} */
    public Optional<String> asString() {
        return as(ValueType.string());
    }

    /** {@return a whole number of 32 bits; empty when unset} */
    public OptionalInt asInt() {
        Integer value = one(ValueType.integer());
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** {@return a whole number of 64 bits; empty when unset} */
    public OptionalLong asLong() {
        Long value = one(ValueType.longInteger());
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return a decimal number; empty when unset} */
    public Optional<BigDecimal> asDecimal() {
        return as(ValueType.decimal());
    }

    /** {@return {@code true}, {@code false}, {@code 1} or {@code 0} in any letter case; empty when unset} */
    public Optional<Boolean> asBoolean() {
        return as(ValueType.bool());
    }

    /** {@return an http or https address without trailing slashes; empty when unset} */
    public Optional<URI> asUrl() {
        return as(ValueType.url());
    }

    /** {@return an absolute URI; empty when unset} */
    public Optional<URI> asUri() {
        return as(ValueType.uri());
    }

    /** {@return a port, 1 to 65535; empty when unset} */
    public OptionalInt asPort() {
        Integer value = one(ValueType.port());
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** {@return a port to listen on, 0 to 65535; 0 lets the system choose; empty when unset} */
    public OptionalInt asListenPort() {
        Integer value = one(ValueType.listenPort());
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** {@return a host and a port; empty when unset} */
    public Optional<HostPort> asHostPort() {
        return as(ValueType.hostPort());
    }

    /** {@return an e-mail address; empty when unset} */
    public Optional<String> asEmail() {
        return as(ValueType.email());
    }

    /** {@return a time with its unit, such as {@code 30s}; empty when unset} */
    public Optional<Duration> asDuration() {
        return as(ValueType.duration());
    }

    /** {@return an amount of data with its unit, such as {@code 64KiB}; empty when unset} */
    public Optional<DataSize> asDataSize() {
        return as(ValueType.dataSize());
    }

    /** {@return a time zone; empty when unset} */
    public Optional<ZoneId> asTimeZone() {
        return as(ValueType.timeZone());
    }

    /** {@return the bytes of a base64 text; empty when unset} */
    public Optional<byte[]> asBytes() {
        return as(ValueType.base64());
    }

    /** {@return a text that is never shown; empty when unset} */
    public Optional<Secret> asSecret() {
        return as(ValueType.secret());
    }

    /**
     * Reads a constant of an enum, in any letter case, with dashes or underscores.
     *
     * @param type the enum's class
     * @param <E> the enum
     * @return the constant, or empty when unset
     */
    public <E extends Enum<E>> Optional<E> asEnum(Class<E> type) {
        return as(ValueType.enumOf(type));
    }

    /**
     * Reads a path.
     *
     * @param checks what must hold of it
     * @return the path, or empty when unset
     */
    public Optional<Path> asPath(PathCheck... checks) {
        return as(ValueType.path(checks));
    }

    /**
     * Reads a text that matches a pattern from end to end.
     *
     * @param pattern the pattern
     * @return the text, or empty when unset
     */
    public Optional<String> asMatching(Pattern pattern) {
        return as(ValueType.matching(pattern));
    }

    /**
     * Reads a value of any type.
     *
     * @param type the type
     * @param <T> the type of the value
     * @return the value, or empty when unset
     */
    public <T> Optional<T> as(ValueType<T> type) {
        return Optional.ofNullable(one(type));
    }

    /**
     * Reads a list; its elements are trimmed, an empty element is a fault.
     *
     * @param type the type of the elements
     * @param <T> the type of one element
     * @return the elements, unmodifiable, or empty when unset
     */
    public <T> Optional<List<T>> asListOf(ValueType<T> type) {
        return Optional.ofNullable(list(type));
    }

    /**
     * Reads a set in the order it was written; an element given twice counts once.
     *
     * @param type the type of the elements
     * @param <T> the type of one element
     * @return the elements, unmodifiable, or empty when unset
     */
    public <T> Optional<Set<T>> asSetOf(ValueType<T> type) {
        return Optional.ofNullable(set(type));
    }
}
