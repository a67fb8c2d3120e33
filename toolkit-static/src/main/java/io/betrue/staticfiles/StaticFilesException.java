package io.betrue.staticfiles;

import java.util.List;
import java.util.stream.Collectors;

/** Files that cannot be served: the message is a table of every fault with its place. */
public final class StaticFilesException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    StaticFilesException(List<Fault> faults) {
        super(table(faults));
    }

    private static String table(List<Fault> faults) {
        int width =
                faults.stream().mapToInt(fault -> fault.place().length()).max().orElse(0);
        String rows = faults.stream()
                .limit(SHOWN)
                .map(fault ->
                        "  " + fault.place() + " ".repeat(width - fault.place().length()) + "  " + fault.message())
                .collect(Collectors.joining("\n"));
        String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
        String more = faults.size() > SHOWN ? "\n  and " + (faults.size() - SHOWN) + " more" : "";
        return "static files cannot be served, " + count + ":\n" + rows + more;
    }
}
