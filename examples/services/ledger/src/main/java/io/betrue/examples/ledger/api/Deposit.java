package io.betrue.examples.ledger.api;

import org.jspecify.annotations.Nullable;

/**
 * Brings money in from outside.
 *
 * @param currency a currency code, as the caller gave it
 * @param amount a positive decimal number such as {@code "10.50"}, as the caller gave it
 */
public record Deposit(@Nullable String currency, @Nullable String amount) {}
