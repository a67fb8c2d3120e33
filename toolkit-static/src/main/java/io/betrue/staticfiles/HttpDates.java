package io.betrue.staticfiles;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the three formats of an HTTP date (RFC 9110, 5.6.7). */
final class HttpDates {
    /** What is not a date. */
    static final long INVALID = Long.MIN_VALUE;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
    private static final Pattern FIXED =
            Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d) " + MONTH + " (\\d{4}) " + TIME + " GMT");
    private static final Pattern RFC_850 = Pattern.compile(
            "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d\\d)-" + MONTH + "-(\\d\\d) " + TIME + " GMT");
    private static final Pattern ASCTIME =
            Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) " + MONTH + " ([ \\d]\\d) " + TIME + " (\\d{4})");
    /** Longer than any date: what is longer is not looked at. */
    private static final int LONGEST = 40;

    private HttpDates() {}

    /**
     * Reads a date.
     *
     * @param thisYear the current year, which tells the century of a year of two digits
     * @return the seconds since 1970, or {@link #INVALID}
     */
    static long parse(String value, int thisYear) {
        if (value.length() > LONGEST) {
            return INVALID;
        }
        Matcher fixed = FIXED.matcher(value);
        if (fixed.matches()) {
            return seconds(number(fixed, 3), fixed.group(2), number(fixed, 1), fixed, 4);
        }
        Matcher old = RFC_850.matcher(value);
        if (old.matches()) {
            return seconds(fullYear(number(old, 3), thisYear), old.group(2), number(old, 1), old, 4);
        }
        Matcher c = ASCTIME.matcher(value);
        return c.matches() ? seconds(number(c, 6), c.group(1), number(c, 2), c, 3) : INVALID;
    }

    /** A year that seems to be more than 50 years ahead is one of the past. */
    private static int fullYear(int twoDigits, int thisYear) {
        int year = thisYear - thisYear % 100 + twoDigits;
        return year > thisYear + 50 ? year - 100 : year;
    }

    private static long seconds(int year, String month, int day, Matcher date, int time) {
        int second = number(date, time + 2);
        if (second > 60) {
            return INVALID;
        }
        try {
            // the grammar allows a leap second, Java does not
            LocalDateTime whole = LocalDateTime.of(
                    year, MONTHS.indexOf(month) / 3 + 1, day, number(date, time), number(date, time + 1));
            return whole.toEpochSecond(ZoneOffset.UTC) + second;
        } catch (DateTimeException e) {
            return INVALID;
        }
    }

    private static int number(Matcher date, int group) {
        return Integer.parseInt(date.group(group).strip());
    }
}
