package io.betrue.examples.loadclient;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations with a unit. */
final class Durations {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Durations() {}

    /**
     * {@return the duration that a text such as {@code 500ms}, {@code 60s}, {@code 5m} or {@code 1h} says}
     *
     * @throws IllegalArgumentException if the unit is missing, or the duration is not above zero
     */
    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration above zero with ms, s, m or h, as in 60s");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
