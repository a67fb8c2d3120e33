package io.betrue.examples.ledger.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of the caller's money.
 *
 * @param id the transaction in the journal
 * @param type {@code deposit}, {@code withdrawal}, {@code transfer-out} or {@code transfer-in}
 * @param amount what was moved, a positive decimal number with all digits of the currency
 * @param balance what the caller had afterwards
 * @param at when it happened
 * @param reference the idempotency key that the caller sent, or null for none
 * @param counterparty the other user of a transfer, or null where there is none
 */
public record Entry(
        UUID id,
        String type,
        String amount,
        String balance,
        Instant at,
        @Nullable String reference,
        @Nullable UUID counterparty) {}
