package io.betrue.jobs;

import java.util.List;
import java.util.Locale;

/** One field of a cron expression: its bounds, its names, and how its text becomes the set of its values. */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day of week", 0, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    /** Stands for {@code L} in the set of the days of a month, none of which is 0. */
    static final long LAST_DAY = 1;

    private static final int SUNDAY_AT_THE_END = 7;

    private final String label;
    private final int least;
    private final int greatest;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    CronField(String label, int least, int greatest, List<String> names) {
        this.label = label;
        this.least = least;
        this.greatest = greatest;
        this.names = names;
    }

    /** {@return whether a field's text begins with the sign that leaves it unrestricted} */
    static boolean isStar(String text) {
        return text.startsWith("*") || text.startsWith("?");
    }

    /** {@return the values that the text of this field names, one bit each} */
    long parse(String text) {
        long values = 0;
        for (String item : text.split(",", -1)) {
            values |= this == DAY_OF_MONTH && item.equalsIgnoreCase("L") ? LAST_DAY : range(item);
        }
        return values;
    }

    private long range(String item) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0 ? 1 : step(item.substring(slash + 1));
        int dash = range.indexOf('-');
        int first;
        int last;
        if (range.equals("*") || range.equals("?")) {
            first = least;
            last = greatest;
        } else if (dash < 0) {
            first = value(range);
            last = slash < 0 ? first : Math.max(first, greatest);
        } else {
            first = value(range.substring(0, dash));
            last = value(range.substring(dash + 1));
            last = this == DAY_OF_WEEK && last == 0 && first > 0 ? SUNDAY_AT_THE_END : last;
        }
        if (first > last) {
            throw new IllegalArgumentException(
                    "range of " + label + " must not descend within " + bounds() + ", was " + quoted(range));
        }
        return values(first, last, step);
    }

    private long values(int first, int last, int step) {
        long values = 0;
        for (int value = first; value <= last; value += step) {
            values |= 1L << (this == DAY_OF_WEEK ? value % SUNDAY_AT_THE_END : value);
        }
        return values;
    }

    private int step(String text) {
        int most = greatest - least + 1;
        int step = number(text);
        if (step < 1 || step > most) {
            throw new IllegalArgumentException("step of " + label + " must be 1 to " + most + ", was " + quoted(text));
        }
        return step;
    }

    private int value(String text) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        int value = name < 0 ? number(text) : least + name;
        if (value < least || value > (this == DAY_OF_WEEK ? SUNDAY_AT_THE_END : greatest)) {
            throw new IllegalArgumentException(label + " must be " + bounds() + ", was " + quoted(text));
        }
        return value;
    }

    /** {@return the number, or -1 where the text is none of one or two digits} */
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    private String bounds() {
        return switch (this) {
            case DAY_OF_MONTH -> "1 to 31 or L";
            case MONTH -> "1 to 12 or JAN to DEC";
            case DAY_OF_WEEK -> "0 to 7 or SUN to SAT";
            default -> least + " to " + greatest;
        };
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
