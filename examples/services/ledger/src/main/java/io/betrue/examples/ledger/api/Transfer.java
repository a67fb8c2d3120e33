package io.betrue.examples.ledger.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives money to another user.
 *
 * @param to who gets it, not the caller
 * @param currency a currency code, as the caller gave it
 * @param amount a positive decimal number such as {@code "10.50"}, as the caller gave it
 */
public record Transfer(
        @Nullable UUID to,
        @Nullable String currency,
        @Nullable String amount) {}
