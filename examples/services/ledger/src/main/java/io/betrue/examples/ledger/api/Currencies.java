package io.betrue.examples.ledger.api;

import java.util.List;

/**
 * Every currency there is.
 *
 * @param currencies sorted by code
 */
public record Currencies(List<Currency> currencies) {
    /** Copies the list. */
    public Currencies {
        currencies = List.copyOf(currencies);
    }
}
