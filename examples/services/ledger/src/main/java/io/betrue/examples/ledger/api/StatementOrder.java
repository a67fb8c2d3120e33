package io.betrue.examples.ledger.api;

import org.jspecify.annotations.Nullable;

/**
 * Orders a statement of the caller's own account.
 *
 * @param currency a currency code, as the caller gave it
 */
public record StatementOrder(@Nullable String currency) {}
