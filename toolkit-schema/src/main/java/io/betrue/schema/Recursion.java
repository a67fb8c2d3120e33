package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Knows which schemas of a bundle contain themselves. Not safe for use by multiple threads. */
final class Recursion {
    private final Bundle bundle;
    private final Map<String, Set<String>> inside = new HashMap<>();
    private final Map<String, Boolean> recursive = new HashMap<>();

    Recursion(Bundle bundle) {
        this.bundle = bundle;
    }

    /** {@return whether the schema that a {@code $ref} means contains that same {@code $ref}, at whatever depth} */
    boolean isRecursive(String reference) {
        return recursive.computeIfAbsent(reference, this::leadsBack);
    }

    private boolean leadsBack(String reference) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(inside(reference));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(reference)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(inside(next));
            }
        }
        return false;
    }

    private Set<String> inside(String reference) {
        return inside.computeIfAbsent(reference, key -> {
            Set<String> found = new HashSet<>();
            JsonNode target = bundle.target(key);
            target.properties().stream()
                    .filter(member -> !member.getKey().equals("definitions"))
                    .forEach(member -> collect(member.getKey(), member.getValue(), found));
            return found;
        });
    }

    private static void collect(String name, JsonNode node, Set<String> into) {
        if (name.equals("$ref") && node.isTextual()) {
            into.add(node.textValue());
        }
        node.properties().forEach(member -> collect(member.getKey(), member.getValue(), into));
        if (node.isArray()) {
            node.forEach(item -> collect("", item, into));
        }
    }
}
