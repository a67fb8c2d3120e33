package io.betrue.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects faults, so that all are reported at once. Not safe for use by multiple threads. */
final class Faults {
    private final Set<SchemaFault> found = new LinkedHashSet<>();

    void add(SchemaFault fault) {
        found.add(fault);
    }

    /** Adds a fault of a file as a whole. */
    void add(String file, String message) {
        add(new SchemaFault(file, "", 0, 0, message));
    }

    /** Adds a fault at a place in a document. */
    void add(Document document, String pointer, String message) {
        Position position = document.position(pointer);
        add(new SchemaFault(document.file(), pointer, position.line(), position.column(), message));
    }

    int count() {
        return found.size();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            List<SchemaFault> all = new ArrayList<>(found);
            all.sort(Comparator.comparing(SchemaFault::file)
                    .thenComparing(SchemaFault::line)
                    .thenComparing(SchemaFault::column));
            throw new SchemaException(all);
        }
    }
}
