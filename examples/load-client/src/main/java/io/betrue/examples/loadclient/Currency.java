package io.betrue.examples.loadclient;

import java.math.BigDecimal;
import java.util.Random;

/**
 * A currency of the server.
 *
 * @param scale digits after the point
 */
record Currency(String code, int scale) {

    /** {@return an amount by chance, above zero and at most {@code most} whole units} */
    BigDecimal amount(Random random, int most) {
        long limit = BigDecimal.valueOf(most).scaleByPowerOfTen(scale).longValueExact();
        return BigDecimal.valueOf(1 + (long) (random.nextDouble() * limit), scale);
    }
}
