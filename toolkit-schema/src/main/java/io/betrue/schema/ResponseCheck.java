package io.betrue.schema;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** What is done about responses that do not fit what their route says. Immutable, safe for use by multiple threads. */
public final class ResponseCheck {
    /** Responses are not looked at. */
    public static final ResponseCheck OFF = new ResponseCheck("OFF", 0, false, () -> 0);

    /** Each response is looked at; one that does not fit goes out, and the log has a warning. For test systems, and for production where traffic is low. */
    public static final ResponseCheck LOG = new ResponseCheck("LOG", 1, false, () -> 0);

    /** Each response is looked at; one that does not fit becomes a 500. For tests. */
    public static final ResponseCheck FAIL = new ResponseCheck("FAIL", 1, true, () -> 0);

    private final String name;
    private final double fraction;
    private final boolean fails;
    private final DoubleSupplier random;

    private ResponseCheck(String name, double fraction, boolean fails, DoubleSupplier random) {
        this.name = name;
        this.fraction = fraction;
        this.fails = fails;
        this.random = random;
    }

    /**
     * {@return like {@link #LOG}, but for some responses only, chosen at random}
     *
     * @param fraction how many of them: 0.01 is one in a hundred; more than 0, at most 1
     * @throws IllegalArgumentException if it is out of range
     */
    public static ResponseCheck sample(double fraction) {
        return sample(fraction, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * {@return like {@link #LOG}, but for some responses only}
     *
     * @param fraction how many of them: 0.01 is one in a hundred; more than 0, at most 1
     * @param random gives numbers from 0 inclusive to 1 exclusive; used by many threads at once
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public static ResponseCheck sample(double fraction, DoubleSupplier random) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("sampled fraction must be more than 0 and at most 1, was " + fraction);
        }
        return new ResponseCheck("sample(" + fraction + ")", fraction, false, random);
    }

    boolean isOff() {
        return fraction == 0;
    }

    boolean fails() {
        return fails;
    }

    /** Whether the next response is looked at. */
    boolean takes() {
        return fraction >= 1 || random.getAsDouble() < fraction;
    }

    @Override
    public String toString() {
        return name;
    }
}
