package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that must be true of the books, and what was found.
 *
 * @param name such as {@code acknowledged-once}
 * @param checked what was looked at, for the person who reads the result
 * @param violations empty when it is true
 */
record Property(String name, String checked, List<String> violations) {
    private static final int SHOWN = 5;

    Property {
        violations = List.copyOf(violations);
    }

    boolean holds() {
        return violations.isEmpty();
    }

    /** {@return a line with the result, and one for each of the first few violations} */
    List<String> report() {
        List<String> lines = new ArrayList<>();
        lines.add("%-9s  %-22s %s"
                .formatted(holds() ? "ok" : "VIOLATION", name, holds() ? checked : violations.size() + " found"));
        violations.stream().limit(SHOWN).forEach(violation -> lines.add("             " + violation));
        if (violations.size() > SHOWN) {
            lines.add("             and " + (violations.size() - SHOWN) + " more");
        }
        return lines;
    }
}
