package io.betrue.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Replaces <code>${NAME}</code> in values by what the sources have under that name. */
final class Expansion {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_REFERENCES = 1_000;
    private static final int MAX_LENGTH = 64 * 1024;

    private final Sources sources;
    private final Deque<String> path = new ArrayDeque<>();
    private int references;

    private Expansion(Sources sources, String name) {
        this.sources = sources;
        path.addLast(name);
    }

    /**
     * Expands a value.
     *
     * @return the expanded value
     * @throws Refusal if a reference is unset, malformed, in a cycle, or leads too deep or too far
     */
    static Raw of(Sources sources, Raw raw, String name) {
        Expansion expansion = new Expansion(sources, name);
        List<String> elements = raw.elements();
        if (elements == null) {
            return Raw.of(expansion.expand(raw.text()), raw.origin());
        }
        List<String> expanded = new ArrayList<>(elements.size());
        for (String element : elements) {
            expanded.add(expansion.expand(element));
        }
        return Raw.list(expanded, raw.origin());
    }

    private String expand(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            boolean escaped = at > from && text.charAt(at - 1) == '$';
            out.append(text, from, escaped ? at - 1 : at);
            if (escaped) {
                out.append("${");
                from = at + 2;
            } else {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new Refusal("opens ${ without closing it; write $${ for a literal ${");
                }
                out.append(value(text.substring(at + 2, end)));
                from = end + 1;
            }
            requireLength(out);
        }
        out.append(text, from, text.length());
        requireLength(out);
        return out.toString();
    }

    private static void requireLength(StringBuilder out) {
        if (out.length() > MAX_LENGTH) {
            throw new Refusal("expands to more than " + MAX_LENGTH + " characters");
        }
    }

    private String value(String name) {
        if (!Names.isValid(name)) {
            throw new Refusal("holds a ${…} that names no variable; write $${ for a literal ${");
        }
        if (path.contains(name)) {
            throw new Refusal("refers to itself: " + String.join(" -> ", path) + " -> " + name);
        }
        if (path.size() > MAX_DEPTH) {
            throw new Refusal("refers through more than " + MAX_DEPTH + " variables");
        }
        if (++references > MAX_REFERENCES) {
            throw new Refusal("refers to more than " + MAX_REFERENCES + " variables");
        }
        Raw raw = sources.any(name);
        if (raw == null) {
            throw new Refusal("refers to " + name + ", which is not set");
        }
        if (raw.literal()) {
            return raw.text();
        }
        path.addLast(name);
        String value = expand(raw.text());
        path.removeLast();
        return value;
    }
}
