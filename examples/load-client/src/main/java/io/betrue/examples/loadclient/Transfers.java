package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one user gave in a transfer another got, and nobody got what was not given. */
final class Transfers {
    private Transfers() {}

    static Property check(List<Books.Entry> journal) {
        Map<String, List<Books.Entry>> byId = journal.stream()
                .filter(entry -> entry.isReceived() || isGiven(entry))
                .collect(Collectors.groupingBy(Books.Entry::id));
        List<String> violations = new ArrayList<>();
        byId.forEach((id, sides) -> {
            List<Books.Entry> given = sides.stream().filter(Transfers::isGiven).toList();
            List<Books.Entry> received =
                    sides.stream().filter(Books.Entry::isReceived).toList();
            if (given.size() != 1 || received.size() != 1 || !match(given.get(0), received.get(0))) {
                violations.add("transfer " + id + " has these sides: " + sides);
            }
        });
        return new Property(
                "two-sided", byId.size() + " transfers were given by one and received by the other", violations);
    }

    private static boolean isGiven(Books.Entry entry) {
        return entry.action().equals("transfer-out");
    }

    private static boolean match(Books.Entry given, Books.Entry received) {
        return given.account().currency().equals(received.account().currency())
                && given.account().user().equals(received.counterparty())
                && received.account().user().equals(given.counterparty())
                && given.amount().compareTo(received.amount()) == 0;
    }
}
