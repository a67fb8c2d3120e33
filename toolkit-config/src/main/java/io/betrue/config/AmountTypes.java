package io.betrue.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The types of numbers that have a unit. */
final class AmountTypes {
    static final ValueType<Duration> DURATION = ValueType.builtIn("duration", "30s", BuiltIn.DURATION);

    static final ValueType<DataSize> DATA_SIZE = ValueType.builtIn("data size", "64KiB", BuiltIn.DATA_SIZE);

    private static final String TIME_UNITS = "ns, us, ms, s, m, h, d";
    private static final String DATA_UNITS = "B, kB, MB, GB, TB, KiB, MiB, GiB, TiB";

    private AmountTypes() {}

    static Duration duration(String text) {
        if (text.startsWith("P") || text.startsWith("p")) {
            return iso(text);
        }
        Duration sum = Duration.ZERO;
        int at = 0;
        do {
            int unitAt = skip(text, at, true);
            int end = skip(text, unitAt, false);
            sum = plus(sum, part(number(text, at, unitAt, "duration"), text.substring(unitAt, end)));
            at = end;
        } while (at < text.length());
        return sum;
    }

    private static Duration iso(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException notIso) {
            // falls through to the same answer
        }
        throw new Refusal("is not a duration of 0 or more such as 1h30m or PT1H30M");
    }

    private static Duration plus(Duration sum, Duration part) {
        try {
            return sum.plus(part);
        } catch (ArithmeticException tooLong) {
            throw new Refusal("is too long a duration");
        }
    }

    private static Duration part(long number, String unit) {
        try {
            return switch (unit.strip()) {
                case "ns" -> Duration.ofNanos(number);
                case "us", "µs" -> Duration.ofNanos(Math.multiplyExact(number, 1_000));
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m", "min" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                case "" -> throw new Refusal("has no unit: use one of " + TIME_UNITS);
                default -> throw new Refusal("has an unknown unit: use one of " + TIME_UNITS);
            };
        } catch (ArithmeticException tooLong) {
            throw new Refusal("is too long a duration");
        }
    }

    static DataSize dataSize(String text) {
        int unitAt = skip(text, 0, true);
        long number = number(text, 0, unitAt, "data size");
        long unit = switch (text.substring(unitAt).strip().toLowerCase(Locale.ROOT)) {
            case "b" -> 1L;
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            case "tb" -> 1_000_000_000_000L;
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            case "tib" -> 1L << 40;
            case "" -> throw new Refusal("has no unit: use one of " + DATA_UNITS);
            default -> throw new Refusal("has an unknown unit: use one of " + DATA_UNITS);
        };
        try {
            return new DataSize(Math.multiplyExact(number, unit));
        } catch (ArithmeticException tooMuch) {
            throw new Refusal("is too large a data size");
        }
    }

    private static long number(String text, int start, int end, String what) {
        if (start == end) {
            throw new Refusal("is not a " + what + ": a whole number with its unit, such as "
                    + (what.equals("duration") ? "30s" : "64KiB"));
        }
        return NumberTypes.whole(text.substring(start, end).strip(), 0, Long.MAX_VALUE);
    }

    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && digits == (text.charAt(at) >= '0' && text.charAt(at) <= '9')) {
            at++;
        }
        return at;
    }
}
