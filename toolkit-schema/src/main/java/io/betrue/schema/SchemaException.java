package io.betrue.schema;

import java.util.List;
import java.util.stream.Collectors;

/** Says that schemas cannot be used: the message is a table of every fault with its place. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 100;

    private final transient List<SchemaFault> faults;

    SchemaException(List<SchemaFault> faults) {
        super(table(faults));
        this.faults = List.copyOf(faults);
    }

    /** {@return every fault in the order of files and lines; empty only in a copy that went through serialisation} */
    public List<SchemaFault> faults() {
        return faults == null ? List.of() : faults;
    }

    private static String table(List<SchemaFault> faults) {
        int width =
                faults.stream().mapToInt(fault -> fault.place().length()).max().orElse(0);
        String rows = faults.stream()
                .limit(SHOWN)
                .map(fault ->
                        "  " + fault.place() + " ".repeat(width - fault.place().length()) + "  " + fault.message())
                .collect(Collectors.joining("\n"));
        String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
        String more = faults.size() > SHOWN ? "\n  and " + (faults.size() - SHOWN) + " more" : "";
        return "schemas cannot be used, " + count + ":\n" + rows + more;
    }
}
