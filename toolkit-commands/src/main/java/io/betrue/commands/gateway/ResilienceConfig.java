package io.betrue.commands.gateway;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;

/** What can be chosen about {@link Resilience}. It is used while that is built and then forgotten. Not safe for use by multiple threads. */
public final class ResilienceConfig {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    int retries = 2;
    Duration first = Duration.ofMillis(50);
    double share = 0.1;
    int failurePercent = 50;
    int leastCalls = 20;
    Duration window = Duration.ofSeconds(10);
    Duration open = Duration.ofSeconds(1);
    OpenTelemetry telemetry = OpenTelemetry.noop();

    ResilienceConfig() {}

    /**
     * Sets how often a call is tried again that may be; the default is twice, the first time after up to 50 ms, at random, and each time up to twice as late.
     *
     * @param most 0 to 10 further tries
     * @param wait the most that the first further try is put off; more than zero, at most 10 minutes
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public ResilienceConfig retries(int most, Duration wait) {
        if (most < 0 || most > 10) {
            throw new IllegalArgumentException("further tries must be 0..10, was " + most);
        }
        retries = most;
        first = checked("wait before a further try", wait);
        return this;
    }

    /**
     * Sets how many further tries there may be for each call, over all calls; the default is 0.1: one for ten calls, with 10 in advance.
     *
     * @param part 0 to 1
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public ResilienceConfig budget(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("share of further tries must be 0..1, was " + part);
        }
        share = part;
        return this;
    }

    /**
     * Sets when the target is left alone; the default is: half of at least 20 calls failed within 10 seconds, then for a second. After that three calls are let through, and if
     * they do well all are.
     *
     * @param percent how many of the calls failed: 1 to 100
     * @param calls how many calls it takes to judge: 1 to 1,000,000
     * @param within in which time; more than zero, at most 10 minutes
     * @param pause how long it is left alone; more than zero, at most 10 minutes
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public ResilienceConfig breaker(int percent, int calls, Duration within, Duration pause) {
        if (percent < 1 || percent > 100 || calls < 1 || calls > 1_000_000) {
            throw new IllegalArgumentException(
                    "a breaker opens at 1..100 % of 1..1000000 calls, was " + percent + " % of " + calls);
        }
        failurePercent = percent;
        leastCalls = calls;
        window = checked("window of a breaker", within);
        open = checked("pause of a breaker", pause);
        return this;
    }

    /**
     * Counts, by the name of the target, further tries ({@code betrue.gateway.tries}), calls that were not sent while it is left alone ({@code betrue.gateway.refusals}), and
     * changes of its circuit breaker ({@code betrue.gateway.breaker.changes}). The default counts nothing.
     *
     * @param sdk where metrics go
     * @return this configuration
     */
    public ResilienceConfig telemetry(OpenTelemetry sdk) {
        telemetry = sdk;
        return this;
    }

    private static Duration checked(String what, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be more than zero and at most 10 minutes, was " + time);
        }
        return time;
    }
}
