package io.betrue.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What patterns and formats mean. Compiles each pattern once. Not safe for use by multiple threads. */
final class Words {
    private final Map<String, Predicate<String>> formats;
    private final Set<String> trusted;
    private final Map<String, TextPattern> patterns = new HashMap<>();

    Words(Map<String, Predicate<String>> formats, Set<String> trusted) {
        this.formats = Map.copyOf(formats);
        this.trusted = Set.copyOf(trusted);
    }

    /**
     * {@return the meaning of a pattern}
     *
     * @throws Patterns.Refused if it cannot be run
     */
    TextPattern pattern(String pattern) {
        TextPattern known = patterns.get(pattern);
        if (known == null) {
            known = trusted.contains(pattern) ? Patterns.trusted(pattern) : Patterns.compile(pattern);
            patterns.put(pattern, known);
        }
        return known;
    }

    /** {@return the meaning of a format, or null if nobody knows it} */
    @Nullable
    TextPattern format(Draft draft, String name) {
        Predicate<String> own = formats.get(name);
        return own != null ? own::test : Formats.of(draft, name);
    }
}
