package io.betrue.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything known about one setting: first what its author declared, then what the sources gave. */
final class Spec {
    /** How many values a setting holds. */
    enum Shape {
        ONE,
        LIST,
        SET
    }

    final Scope scope;
    final String template;
    final String name;

    String description = "";

    @Nullable
    String example;

    boolean secret;
    boolean allowEmpty;
    boolean fileVariable = true;
    boolean optional;
    String separator = ",";

    @Nullable
    Raw fallback;

    Map<String, Raw> fallbackIn = Map.of();
    Set<String> requiredIn = Set.of();

    @Nullable
    Object least;

    @Nullable
    Object most;

    @Nullable
    Comparable<Object> low;

    @Nullable
    Comparable<Object> high;

    @Nullable
    ValueType<?> type;

    Shape shape = Shape.ONE;

    @Nullable
    Raw raw;

    @Nullable
    Object value;

    @Nullable
    String problem;

    String emptyOrigin = "";

    Spec(Scope scope, String template, String name) {
        this.scope = scope;
        this.template = template;
        this.name = name;
    }

    void fallbackIn(String profile, Object fallback) {
        Map<String, Raw> more = new TreeMap<>(fallbackIn);
        more.put(profile, raw(fallback, "default of " + profile));
        fallbackIn = more;
    }

    void requireIn(Collection<String> profiles) {
        Set<String> more = new TreeSet<>(requiredIn);
        more.addAll(profiles);
        requiredIn = more;
    }

    /** {@return whether the load fails when no source has a value} */
    boolean isRequired(String profile) {
        return requiredIn.contains(profile) || (!optional && fallback == null && !fallbackIn.containsKey(profile));
    }

    /** {@return the default in a profile, or null} */
    @Nullable
    Raw fallback(String profile) {
        Raw own = fallbackIn.get(profile);
        return own != null || requiredIn.contains(profile) ? own : fallback;
    }

    boolean usesProfiles() {
        return !fallbackIn.isEmpty() || !requiredIn.isEmpty();
    }

    boolean isSound() {
        return problem == null && type != null;
    }

    boolean isSet() {
        return raw != null;
    }

    /** {@return whether a source other than the declaration gave the value} */
    boolean isGiven() {
        Raw given = raw;
        return given != null && !given.origin().startsWith("default");
    }

    boolean isSecret() {
        ValueType<?> known = type;
        return secret || (known != null && known.isSecret());
    }

    boolean isTextual() {
        ValueType<?> known = type;
        return shape == Shape.ONE && known != null && known.isTextual();
    }

    /** {@return the type as the documentation names it, such as {@code list of int 1..64}} */
    String typeName() {
        ValueType<?> known = type;
        String base = known == null ? "" : known.name();
        String of = shape == Shape.ONE ? "" : shape.name().toLowerCase(Locale.ROOT) + " of ";
        return of + base + range();
    }

    private String range() {
        if (least == null && most == null) {
            return "";
        }
        String low = least == null ? "" : text(least);
        return " " + low + ".." + (most == null ? "" : text(most));
    }

    /** {@return an example: the author's, the default, or the type's; null for a secret without one of its own} */
    @Nullable
    String anyExample() {
        Raw ready = fallback;
        ValueType<?> known = type;
        if (example != null || isSecret()) {
            return example;
        }
        if (ready != null && !ready.text().isEmpty()) {
            return written(ready);
        }
        if (least != null) {
            return text(least);
        }
        return known == null ? null : known.example();
    }

    /** {@return the text that a source would have to hold for this value} */
    String written(Raw raw) {
        List<String> elements = raw.elements();
        return elements == null ? raw.text() : String.join(separator, elements);
    }

    static Raw raw(Object value, String origin) {
        if (value instanceof Collection<?> elements) {
            List<String> texts = new ArrayList<>(elements.size());
            for (Object element : elements) {
                texts.add(text(element));
            }
            return Raw.list(texts, origin);
        }
        return Raw.of(text(value), origin);
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Secret secret) {
            return secret.reveal();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value.toString();
    }
}
