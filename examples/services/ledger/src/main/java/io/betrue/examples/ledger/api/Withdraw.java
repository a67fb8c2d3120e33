package io.betrue.examples.ledger.api;

import org.jspecify.annotations.Nullable;

/**
 * Takes money out.
 *
 * @param currency a currency code, as the caller gave it
 * @param amount a positive decimal number such as {@code "10.50"}, as the caller gave it
 */
public record Withdraw(@Nullable String currency, @Nullable String amount) {}
