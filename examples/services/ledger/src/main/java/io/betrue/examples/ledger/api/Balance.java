package io.betrue.examples.ledger.api;

/**
 * What the caller has in one currency.
 *
 * @param currency the currency code
 * @param balance a decimal number with all digits of the currency, never negative
 */
public record Balance(String currency, String balance) {}
