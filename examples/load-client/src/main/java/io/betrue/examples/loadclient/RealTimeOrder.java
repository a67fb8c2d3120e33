package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of two operations on an account, one that had ended before the other was asked for comes first in the journal. */
final class RealTimeOrder {
    private RealTimeOrder() {}

    static Property check(Reconciliation reconciliation) {
        Map<Books.Account, List<Reconciliation.Match>> accounts = new LinkedHashMap<>();
        reconciliation
                .matches()
                .forEach(match -> accounts.computeIfAbsent(match.entry().account(), any -> new ArrayList<>())
                        .add(match));
        List<String> violations = new ArrayList<>();
        accounts.values().forEach(matches -> check(matches, violations));
        return new Property(
                "real-time-order", accounts.size() + " accounts are in the order in which answers came", violations);
    }

    private static void check(List<Reconciliation.Match> matches, List<String> violations) {
        long earliestEnd = Long.MAX_VALUE;
        for (int i = matches.size() - 1; i >= 0; i--) {
            Operation operation = matches.get(i).operation();
            if (earliestEnd < operation.invoked()) {
                violations.add(operation + " stands before one that had ended when it was asked for");
            }
            earliestEnd = Math.min(earliestEnd, operation.completed());
        }
    }
}
