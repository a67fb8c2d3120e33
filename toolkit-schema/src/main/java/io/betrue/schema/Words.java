package io.betrue.schema;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What patterns and formats mean. Compiles each pattern once. Safe for use by multiple threads. */
final class Words {
    private final Map<String, Predicate<String>> formats;
    private final Set<String> trusted;
    private final Map<String, TextPattern> patterns = new ConcurrentHashMap<>();

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

    /** {@return the formats that have a meaning} */
    Set<String> formats() {
        Set<String> names = new TreeSet<>(Formats.names());
        names.addAll(formats.keySet());
        return names;
    }

    /** {@return the meaning of a format, or null if nobody knows it} */
    @Nullable
    TextPattern format(String name) {
        Predicate<String> own = formats.get(name);
        return own != null ? own::test : Formats.of(name);
    }
}
