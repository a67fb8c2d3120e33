package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares a history with the books, after the manner of Jepsen's bank test. The books must be read when no request of
 * the history is under way any more.
 */
final class Checker {
    private Checker() {}

    /** {@return each property with what was found} */
    static List<Property> check(History history, Books books) {
        Reconciliation reconciliation = Reconciliation.of(history.operations(), books.journal());
        List<Property> properties = new ArrayList<>(reconciliation.properties());
        properties.addAll(Balances.check(history, books, reconciliation));
        properties.add(Transfers.check(books.journal()));
        properties.add(RealTimeOrder.check(reconciliation));
        return properties;
    }
}
