package io.betrue.examples.ledger;

import java.math.BigDecimal;

/**
 * A currency that accounts can be kept in.
 *
 * @param code its name, as in {@code EUR}
 * @param scale how many digits an amount has after the point; 0 to 18
 * @param name its name for people, in English
 */
public record Currency(String code, int scale, String name) {
    /** {@return a number of the smallest unit as a decimal number with all digits} */
    String print(BigDecimal units) {
        return new BigDecimal(units.toBigIntegerExact(), scale).toPlainString();
    }
}
