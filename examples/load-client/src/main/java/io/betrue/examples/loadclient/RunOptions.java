package io.betrue.examples.loadclient;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to be. Immutable.
 *
 * @param targets the application's addresses, at least one
 * @param schedule when requests are sent
 * @param users accounts that are registered at the start
 * @param inFlight most requests under way at once; a request beyond that is not sent
 * @param timeout from sending to the answer
 * @param retryUnknown whether a write of unknown outcome is sent again with its key
 * @param tolerateUnavailable whether lost connections, time-outs and 503 are expected
 */
record RunOptions(
        List<URI> targets,
        Schedule schedule,
        Mix mix,
        int users,
        long seed,
        Path history,
        int inFlight,
        Duration timeout,
        boolean retryUnknown,
        boolean tolerateUnavailable) {

    RunOptions {
        within("rate", schedule.rate(), 0.1, 10_000);
        within("duration in seconds", schedule.duration().toMillis() / 1000.0, 0, 86_400);
        within("users", users, 2, 1000);
        within("in-flight", inFlight, 1, 100_000);
        within("timeout in seconds", timeout.toMillis() / 1000.0, 0.001, 600);
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s must be %s..%s, was %s".formatted(name, plain(least), plain(most), plain(value)));
        }
    }

    private static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
