package io.betrue.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the value of a setting in the sources and turns it into its type. */
final class Reader {
    private static final int MAX_NAMED_ELEMENTS = 8;

    private final Session session;
    private final Sources sources;
    private final boolean expanding;

    Reader(Session session, Sources sources, boolean expanding) {
        this.session = session;
        this.sources = sources;
        this.expanding = expanding;
    }

    /** {@return the value; of a faulty setting what stands in for it; null if it is unset or nothing can stand in} */
    @Nullable
    Object settle(Spec spec, ValueType<?> type, Spec.Shape shape) {
        if (spec.type != null) {
            throw new IllegalStateException("the declaration of " + spec.name + " already ended with its type");
        }
        spec.type = type;
        spec.shape = shape;
        requireFit(spec, type);
        if (session.isDocumenting()) {
            return standIn(spec, type);
        }
        spec.raw = find(spec);
        if (spec.problem == null) {
            convert(spec, type);
        }
        return spec.problem == null ? spec.value : standIn(spec, type);
    }

    private void requireFit(Spec spec, ValueType<?> type) {
        if (spec.allowEmpty && spec.shape == Spec.Shape.ONE && !type.isTextual()) {
            throw new IllegalArgumentException("allowEmpty() is for texts and lists, " + spec.name + " is a " + type);
        }
        if (spec.least != null) {
            spec.low = bound(spec, type, spec.least);
        }
        if (spec.most != null) {
            spec.high = bound(spec, type, spec.most);
        }
        if (spec.low != null && spec.high != null && spec.low.compareTo(spec.high) > 0) {
            throw new IllegalArgumentException(
                    "the limits " + spec.least + " and " + spec.most + " of " + spec.name + " leave no value");
        }
    }

    private @Nullable Raw find(Spec spec) {
        String profile = spec.usesProfiles() ? session.profile() : "";
        Raw raw = sources.find(spec);
        if (raw != null || spec.problem != null) {
            return raw;
        }
        if (spec.isRequired(profile)) {
            String where = spec.requiredIn.contains(profile) ? " in " + profile : "";
            spec.problem = "is required" + where + " but " + (spec.emptyOrigin.isEmpty() ? "not set" : "empty");
            return null;
        }
        return spec.fallback(profile);
    }

    private void convert(Spec spec, ValueType<?> type) {
        Raw raw = spec.raw;
        if (raw == null) {
            return;
        }
        try {
            boolean refers = expanding && !raw.literal() && raw.text().contains("${");
            boolean quiet = spec.isSecret() || refers; // what a reference leads to may be secret
            Raw text = refers ? Expansion.of(sources, raw, spec.name) : raw;
            spec.value = spec.shape == Spec.Shape.ONE ? one(spec, type, text, quiet) : many(spec, type, text, quiet);
        } catch (Refusal refusal) {
            spec.problem = refusal.reason();
        }
    }

    private static Object one(Spec spec, ValueType<?> type, Raw raw, boolean quiet) {
        if (raw.elements() != null) {
            throw new Refusal("is a list, the setting takes one value");
        }
        return element(spec, type, raw.text(), quiet);
    }

    private static Object many(Spec spec, ValueType<?> type, Raw raw, boolean quiet) {
        List<String> texts = raw.elements() == null ? split(raw.text(), spec.separator) : raw.elements();
        List<Object> values = new ArrayList<>(texts.size());
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            try {
                if (text.isEmpty()) {
                    throw new Refusal("is empty");
                }
                values.add(element(spec, type, text, quiet));
            } catch (Refusal refusal) {
                problems.add("element " + (i + 1) + " " + refusal.reason());
            }
        }
        if (!problems.isEmpty()) {
            throw new Refusal(joined(problems));
        }
        if (spec.shape == Spec.Shape.SET) {
            Set<Object> set = new LinkedHashSet<>(values);
            return Collections.unmodifiableSet(set);
        }
        return List.copyOf(values);
    }

    private static String joined(List<String> problems) {
        int more = problems.size() - MAX_NAMED_ELEMENTS;
        return more <= 0
                ? String.join("; ", problems)
                : String.join("; ", problems.subList(0, MAX_NAMED_ELEMENTS)) + "; and " + more + " more";
    }

    static List<String> split(String text, String separator) {
        if (text.isBlank()) {
            return List.of();
        }
        if (separator.isBlank()) {
            return List.of(text.strip().split("\\s+"));
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static <T> Object element(Spec spec, ValueType<T> type, String text, boolean quiet) {
        try {
            T value = type.convert(text);
            if (value == null) { // an own parser's way of refusing
                throw new Refusal("is not a valid " + type.name());
            }
            String unmet = type.unmet(value);
            if (unmet == null) {
                unmet = outOfRange(spec, value);
            } else if (spec.isSecret() && !type.options().isEmpty()) {
                unmet = "is not one of the allowed values"; // one of which is the secret
            }
            if (unmet != null) {
                throw new Refusal(unmet);
            }
            return value;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException refused) {
            // A parser's or check's own message may repeat the text.
            String reason = quiet || refused.getMessage() == null ? "" : ": " + refused.getMessage();
            throw new Refusal("is not a valid " + type.name() + Display.withoutCredentials(reason));
        }
    }

    private static @Nullable String outOfRange(Spec spec, Object value) {
        Comparable<Object> low = spec.low;
        Comparable<Object> high = spec.high;
        if ((low == null || low.compareTo(value) <= 0) && (high == null || high.compareTo(value) >= 0)) {
            return null;
        }
        String least = spec.least == null ? "" : Spec.text(spec.least);
        String most = spec.most == null ? "" : Spec.text(spec.most);
        if (least.isEmpty() || most.isEmpty()) {
            return most.isEmpty() ? "must be at least " + least : "must be at most " + most;
        }
        return "must be in " + least + ".." + most;
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> bound(Spec spec, ValueType<?> type, Object limit) {
        try {
            if (!type.isTextual() && type.convert(Spec.text(limit)) instanceof Comparable<?> comparable) {
                return (Comparable<Object>) comparable;
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the limit " + limit + " of " + spec.name + " is no " + type, e);
        }
        throw new IllegalArgumentException(
                "a " + type + " such as " + spec.name + " cannot have a least or greatest value");
    }

    // The load fails, or nothing is loaded at all; yet the constructor runs on and must find something to work with.
    private static @Nullable Object standIn(Spec spec, ValueType<?> type) {
        if (spec.optional) {
            return null;
        }
        if (spec.shape != Spec.Shape.ONE) {
            return spec.shape == Spec.Shape.LIST ? List.of() : Set.of();
        }
        Raw fallback = spec.fallback;
        Object value = fallback == null ? null : quietly(type, fallback.text());
        String example = type.example();
        if (value == null && example != null) {
            value = quietly(type, example);
        }
        return value != null || !type.isTextual() ? value : type.isSecret() ? Secret.of("") : "";
    }

    private static @Nullable Object quietly(ValueType<?> type, String text) {
        try {
            return type.convert(text);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
