package io.betrue.examples.ledger.api;

import java.util.List;

/**
 * What the caller has.
 *
 * @param balances one entry per currency, sorted by code
 */
public record Balances(List<Balance> balances) {
    /** Copies the list. */
    public Balances {
        balances = List.copyOf(balances);
    }
}
