package io.betrue.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints faults as one aligned table per group. */
final class FaultTable {
    private static final List<String> HEADINGS = List.of("variable", "problem", "value", "from", "example");
    private static final int[] MAX_COLUMNS = {400, 400, 40, 400, 40};

    private FaultTable() {}

    static String errors(List<ConfigFault> faults) {
        int count = faults.size();
        return (count == 1 ? "1 setting is" : count + " settings are") + " not fit to start the application.\n"
                + tables(faults);
    }

    static String warnings(List<ConfigFault> faults) {
        int count = faults.size();
        return (count == 1 ? "1 variable is" : count + " variables are") + " set in vain, it seems.\n" + tables(faults);
    }

    private static String tables(List<ConfigFault> faults) {
        Map<String, List<ConfigFault>> groups = new LinkedHashMap<>();
        for (ConfigFault fault : faults) {
            groups.computeIfAbsent(fault.group(), title -> new ArrayList<>()).add(fault);
        }
        StringBuilder out = new StringBuilder();
        groups.forEach((title, rows) -> {
            out.append('\n').append(Display.cut(title, MAX_COLUMNS[1])).append('\n');
            append(out, rows);
        });
        return out.toString();
    }

    private static void append(StringBuilder out, List<ConfigFault> faults) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (ConfigFault fault : faults) {
            rows.add(List.of(
                    cell(0, fault.name()),
                    cell(1, fault.problem()),
                    cell(2, fault.value()),
                    cell(3, fault.origin()),
                    cell(4, fault.example())));
        }
        AlignedTable.append(out, rows);
    }

    private static String cell(int column, @Nullable String text) {
        return text == null ? "" : Display.cut(text, MAX_COLUMNS[column]);
    }
}
