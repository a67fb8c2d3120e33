package io.betrue.examples.ledger;

import io.betrue.examples.ledger.api.Currency;
import java.math.BigDecimal;

/** How amounts are written. */
final class Amounts {
    private Amounts() {}

    /** {@return a number of the currency's smallest unit as a decimal number with all digits} */
    static String print(BigDecimal units, Currency currency) {
        return new BigDecimal(units.toBigIntegerExact(), currency.scale()).toPlainString();
    }
}
