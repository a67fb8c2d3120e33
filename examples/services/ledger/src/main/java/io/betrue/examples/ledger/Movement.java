package io.betrue.examples.ledger;

import io.betrue.examples.ledger.api.Currency;
import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deposit, a withdrawal or a transfer whose amount has been understood.
 *
 * @param id the transaction it becomes
 * @param receiver who gets the money of a transfer, not the caller; null where nobody does
 * @param amount how many of the currency's smallest unit, positive
 */
record Movement(
        UUID id,
        UUID caller,
        Kind kind,
        @Nullable UUID receiver,
        Currency currency,
        BigInteger amount,
        @Nullable String key) {
    enum Kind {
        DEPOSIT,
        WITHDRAWAL,
        TRANSFER;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return what is added to the caller's account} */
    BigInteger change() {
        return kind == Kind.DEPOSIT ? amount : amount.negate();
    }
}
