package io.betrue.examples.ledger.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for balances.
 *
 * @param currency a currency code, or null for every currency the caller has an account in
 */
public record BalanceQuery(@Nullable String currency) {}
