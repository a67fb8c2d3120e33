package io.betrue.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting that always has a value once the settings are loaded: required, or with a default.
 * <p>The {@code as…} methods end the declaration and give the value. While the load is bound to fail they give a harmless
 * value of the type instead (the example, zero, an empty list), so that every other fault is found as well; {@link
 * Config#load} then throws, and the application never sees it.
 */
public final class Item extends Setting<Item> {
    Item(Spec spec) {
        super(spec);
    }

    @Override
    Item self() {
        return this;
    }

    /**
     * Makes the setting defaulted.
     *
     * @param value the default, as a value or as the text of one; a collection for a list or set
     * @return this setting
     */
    public Item orElse(Object value) {
        spec.fallback = Spec.raw(value, "default");
        return this;
    }

    /**
     * Makes the setting optional: its value comes out as an {@code Optional}.
     *
     * @return the setting, optional
     * @throws IllegalStateException if the setting already has a default
     */
    public OptionalItem optional() {
        if (spec.fallback != null) {
            throw new IllegalStateException(
                    spec.name + " has a default, so it is never unset: drop orElse() or optional()");
        }
        spec.optional = true;
        return new OptionalItem(spec);
    }

    /** {@return any text; an empty one is the same as unset unless {@link #allowEmpty()}} */
    public String asString() {
        return as(ValueType.string());
    }

    /** {@return a whole number of 32 bits} */
    public int asInt() {
        return as(ValueType.integer());
    }

    /** {@return a whole number of 64 bits} */
    public long asLong() {
        return as(ValueType.longInteger());
    }

    /** {@return a decimal number} */
    public BigDecimal asDecimal() {
        return as(ValueType.decimal());
    }

    /** {@return {@code true}, {@code false}, {@code 1} or {@code 0} in any letter case} */
    public boolean asBoolean() {
        return as(ValueType.bool());
    }

    /** {@return an http or https address without trailing slashes} */
    public URI asUrl() {
        return as(ValueType.url());
    }

    /** {@return an absolute URI} */
    public URI asUri() {
        return as(ValueType.uri());
    }

    /** {@return a port, 1 to 65535} */
    public int asPort() {
        return as(ValueType.port());
    }

    /** {@return a port to listen on, 0 to 65535; 0 lets the system choose} */
    public int asListenPort() {
        return as(ValueType.listenPort());
    }

    /** {@return a host and a port} */
    public HostPort asHostPort() {
        return as(ValueType.hostPort());
    }

    /** {@return an e-mail address} */
    public String asEmail() {
        return as(ValueType.email());
    }

    /** {@return a time with its unit, such as {@code 30s}} */
    public Duration asDuration() {
        return as(ValueType.duration());
    }

    /** {@return an amount of data with its unit, such as {@code 64KiB}} */
    public DataSize asDataSize() {
        return as(ValueType.dataSize());
    }

    /** {@return a time zone} */
    public ZoneId asTimeZone() {
        return as(ValueType.timeZone());
    }

    /** {@return the bytes of a base64 text} */
    public byte[] asBytes() {
        return as(ValueType.base64());
    }

    /** {@return a text that is never shown} */
    public Secret asSecret() {
        return as(ValueType.secret());
    }

    /**
     * Reads a constant of an enum, in any letter case, with dashes or underscores.
     *
     * @param type the enum's class
     * @param <E> the enum
     * @return the constant
     */
    public <E extends Enum<E>> E asEnum(Class<E> type) {
        return as(ValueType.enumOf(type));
    }

    /**
     * Reads a path.
     *
     * @param checks what must hold of it
     * @return the path
     */
    public Path asPath(PathCheck... checks) {
        return as(ValueType.path(checks));
    }

    /**
     * Reads a text that matches a pattern from end to end.
     *
     * @param pattern the pattern
     * @return the text
     */
    public String asMatching(Pattern pattern) {
        return as(ValueType.matching(pattern));
    }

    /**
     * Reads a value of any type.
     *
     * @param type the type
     * @param <T> the type of the value
     * @return the value
     */
    public <T> T as(ValueType<T> type) {
        return present(one(type));
    }

    /**
     * Reads a list; its elements are trimmed, an empty element is a fault.
     *
     * @param type the type of the elements
     * @param <T> the type of one element
     * @return the elements, unmodifiable
     */
    public <T> List<T> asListOf(ValueType<T> type) {
        return present(list(type));
    }

    /**
     * Reads a set in the order it was written; an element given twice counts once.
     *
     * @param type the type of the elements
     * @param <T> the type of one element
     * @return the elements, unmodifiable
     */
    public <T> Set<T> asSetOf(ValueType<T> type) {
        return present(set(type));
    }

    // Null only where a faulty value of a type without an example has no stand-in; the load fails, so nobody reads it.
    @SuppressWarnings("NullAway")
    private static <T> T present(@Nullable T value) {
        return value;
    }
}
