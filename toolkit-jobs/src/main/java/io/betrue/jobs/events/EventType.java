package io.betrue.jobs.events;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event: what it is called and what it carries. Whoever publishes and whoever consumes share it.
 * <pre>{@code
 * static final EventType<Deposited> DEPOSITED = EventType.of("account/deposited", Deposited.class).keyedBy(Deposited::account);
 * }</pre>
 * Two types are the same when their codes are. Immutable; safe for use by multiple threads.
 *
 * @param <T> what an event of this type carries; written as JSON by Jackson
 */
public final class EventType<T> {
    static final int LONGEST_KEY = 500;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");

    private final String code;
    private final Class<T> event;
    private final @Nullable Function<? super T, ?> key;

    private EventType(String code, Class<T> event, @Nullable Function<? super T, ?> key) {
        this.code = code;
        this.event = event;
        this.key = key;
    }

    /**
     * Describes a kind of event, without an order among its events.
     *
     * @param code what it is called for ever: 1 to 100 letters, digits and {@code . _ : / -} after a letter or digit
     * @param event a record or class that Jackson writes and reads
     * @param <T> what an event carries
     * @return the type
     * @throws IllegalArgumentException if the code has another shape
     */
    public static <T> EventType<T> of(String code, Class<T> event) {
        return new EventType<>(check("event type", code), Objects.requireNonNull(event, "event"), null);
    }

    /**
     * Keeps the order among events of the same key: a consumer has them one after the other, in the order in which they were published.
     *
     * @param extractor gives the key of an event: an account, an order; its {@code toString} counts, 1 to 500 characters. {@code null} for an event that has
     *     no order
     * @return a changed copy
     */
    public EventType<T> keyedBy(Function<? super T, ?> extractor) {
        return new EventType<>(code, event, Objects.requireNonNull(extractor, "extractor"));
    }

    /** {@return what it is called} */
    public String code() {
        return code;
    }

    /** {@return what an event carries} */
    public Class<T> event() {
        return event;
    }

    /**
     * {@return the key of an event, or empty where it has none}
     *
     * @param published an event of this type
     * @throws IllegalArgumentException if the key is empty, longer than 500 characters, or has a character that PostgreSQL does not keep (U+0000)
     */
    public Optional<String> key(T published) {
        Object found = key == null ? null : key.apply(published);
        if (found == null) {
            return Optional.empty();
        }
        String text = found.toString();
        if (text.isEmpty() || text.length() > LONGEST_KEY || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("key of event type " + code + " must have 1 to " + LONGEST_KEY
                    + " characters other than U+0000, had " + text.length());
        }
        return Optional.of(text);
    }

    static String check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what
                    + " must be 1 to 100 letters, digits and . _ : / - after a letter or digit, was \"" + name + '"');
        }
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventType<?> type && type.code.equals(code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    @Override
    public String toString() {
        return code;
    }
}
