package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults, so that all are reported at once. Safe for use by multiple threads. */
final class Faults {
    private final List<Fault> found = new ArrayList<>();

    synchronized void add(String file, int line, int column, String message) {
        found.add(new Fault(file, line, column, message));
    }

    void add(String file, String message) {
        add(file, 0, 0, message);
    }

    /** {@return the faults in the order of files, lines and columns} */
    synchronized List<Fault> all() {
        return found.stream()
                .sorted(Comparator.comparing(Fault::file)
                        .thenComparing(Fault::line)
                        .thenComparing(Fault::column))
                .toList();
    }

    void throwIfAny() {
        List<Fault> all = all();
        if (!all.isEmpty()) {
            throw new StaticFilesException(all);
        }
    }
}
