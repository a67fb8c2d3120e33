package io.betrue.staticfiles;

import java.time.Duration;

/** What can be chosen about watching. Not safe for use by multiple threads. */
public final class WatchConfig {
    private Duration debounce = Duration.ofMillis(100);
    private Duration poll = Duration.ofSeconds(2);

    WatchConfig() {}

    /**
     * Sets how long it must be quiet before changed files are read; the default is 100 ms.
     *
     * @param quiet 1 ms to 1 minute
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public WatchConfig debounce(Duration quiet) {
        debounce = require("quiet time before a reload", quiet, Duration.ofMillis(1), Duration.ofMinutes(1));
        return this;
    }

    /**
     * Sets how often the directories are looked through, beside the system's own events, which some file systems do not send; the default is 2 s.
     *
     * @param every 100 ms to 1 hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public WatchConfig poll(Duration every) {
        poll = require("polling of watched files", every, Duration.ofMillis(100), Duration.ofHours(1));
        return this;
    }

    WatchSettings settings() {
        return new WatchSettings(debounce, poll);
    }

    private static Duration require(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be " + least + ".." + most + ", was " + value);
        }
        return value;
    }
}
