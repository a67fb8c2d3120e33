package io.betrue.examples.loadclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When each request of a run is meant to be sent: at a steady rate, which at first may grow evenly from nothing, so that a server that has just started
 * is warm before it gets all of it. Immutable.
 *
 * @param rate requests a second, once it has grown
 * @param duration of the whole run
 * @param ramp how long the rate grows, at most as long as the run; zero for not at all
 */
record Schedule(double rate, Duration duration, Duration ramp) {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    Schedule {
        if (ramp.compareTo(duration) > 0) {
            throw new IllegalArgumentException("ramp must not be longer than duration");
        }
    }

    /** {@return how many requests there are} */
    long count() {
        return Math.round(rate * (seconds(duration) - seconds(ramp) / 2));
    }

    /** {@return after how many nanoseconds a request is to be sent, counted from 0} */
    long at(long request) {
        double growing = seconds(ramp);
        double whileGrowing = rate * growing / 2;
        double after = request < whileGrowing
                ? Math.sqrt(2 * growing * request / rate)
                : growing + (request - whileGrowing) / rate;
        return Math.round(after * SECOND);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / SECOND;
    }
}
