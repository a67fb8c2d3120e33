package io.betrue.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: the points in time, its ticks, at which something recurs. Immutable, safe for use by multiple threads, equal to another with the
 * same text.
 *
 * <p>Five fields, separated by spaces or tabs: minute (0-59), hour (0-23), day of month (1-31), month (1-12 or JAN-DEC) and day of week (0-7 or SUN-SAT, 0
 * and 7 are Sunday). Six fields have the second (0-59) before them; without it a tick is at second 0. A field is a list, by commas, of
 * <ul>
 * <li>{@code *} or {@code ?}: every value,
 * <li>{@code 5}, {@code MON}: a value; names may be written in lower case,
 * <li>{@code 1-5}, {@code SAT-SUN}: a range that ascends,
 * <li>any of these with a step: {@code *}{@code /15}, {@code 8-18/2}, or {@code 3/10}, which goes on to the greatest value,
 * <li>{@code L}, in day of month only: the month's last day.
 * </ul>
 * {@code @hourly}, {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} and {@code @annually} stand for what they say.
 *
 * <p>Day of month and day of week: when neither field begins with {@code *} or {@code ?}, a day counts that matches <em>either</em>; otherwise it must
 * match both. This is the rule of cron(5), so {@code 0 0 13 * FRI} ticks on every 13th and on every Friday.
 *
 * <p>Where a zone's clocks change, the rule is that of Vixie cron (cron(8), and {@code find_jobs} with its flags {@code MIN_STAR} and {@code HR_STAR}):
 * <ul>
 * <li>An expression whose minute or hour begins with {@code *} or {@code ?} follows the clock on the wall: what a change leaves out does not tick, and
 * what it repeats ticks twice.
 * <li>Any other names times of the day. One that a change leaves out ticks at the first moment after the change, and one that a change repeats ticks the
 * first time only. A moment is one tick however many times fall on it.
 * </ul>
 * So {@code 30 2 * * *} in Berlin ticks at 03:00 on the last Sunday of March, and once, at 02:30 of summer time, on the last Sunday of October.
 */
public final class Cron {
    private static final int LONGEST = 500;
    /** Leap days are at most eight years apart, and a leap day or any other day of the year meets a weekday again within forty years. */
    private static final int HORIZON_YEARS = 40;

    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final String expression;
    private final long seconds;
    private final long minutes;
    private final long hours;
    private final long days;
    private final long months;
    private final long weekdays;
    private final boolean eitherDay;
    private final boolean followsTheClock;

    private Cron(String expression, List<String> fields) {
        this.expression = expression;
        seconds = CronField.SECOND.parse(fields.get(0));
        minutes = CronField.MINUTE.parse(fields.get(1));
        hours = CronField.HOUR.parse(fields.get(2));
        days = CronField.DAY_OF_MONTH.parse(fields.get(3));
        months = CronField.MONTH.parse(fields.get(4));
        weekdays = CronField.DAY_OF_WEEK.parse(fields.get(5));
        eitherDay = !CronField.isStar(fields.get(3)) && !CronField.isStar(fields.get(5));
        followsTheClock = CronField.isStar(fields.get(1)) || CronField.isStar(fields.get(2));
    }

    /**
     * Reads an expression.
     *
     * @param expression five or six fields or one of the names that begin with {@code @}, at most 500 characters
     * @return the expression
     * @throws IllegalArgumentException if it is none; the message names the field, its value and what it may be
     */
    public static Cron parse(String expression) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "cron expression must be at most " + LONGEST + " characters long, was " + expression.length());
        }
        String text = expression.strip();
        if (text.startsWith("@")) {
            String meant = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
            if (meant == null) {
                throw refused(
                        expression,
                        "must be one of "
                                + String.join(
                                        ", ",
                                        NICKNAMES.keySet().stream().sorted().toList()));
            }
            text = meant;
        }
        List<String> fields = List.of(text.split("[ \t]+"));
        if (fields.size() != 5 && fields.size() != 6) {
            throw refused(
                    expression,
                    "must have 5 fields (minute, hour, day of month, month, day of week) or 6 (second first), had "
                            + (text.isEmpty() ? 0 : fields.size()));
        }
        try {
            return new Cron(expression, fields.size() == 6 ? fields : withSecondZero(fields));
        } catch (IllegalArgumentException wrong) {
            throw refused(expression, "has a wrong field: " + wrong.getMessage());
        }
    }

    private static List<String> withSecondZero(List<String> fields) {
        return List.of("0", fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
    }

    private static IllegalArgumentException refused(String expression, String why) {
        return new IllegalArgumentException("cron expression \"" + expression + "\" " + why);
    }

    /**
     * Looks for the first tick after a time. A search that finds none looks at 40 years.
     *
     * @param after the time, which is not a result itself; its zone is the one that the fields are read in
     * @return the tick, in the same zone, or empty for an expression that never comes, such as the 30th of February
     */
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        return Optional.ofNullable(followsTheClock ? nextOnTheClock(after) : nextOfTheDay(after));
    }

    private @Nullable ZonedDateTime nextOfTheDay(ZonedDateTime after) {
        LocalDateTime time = after.toLocalDateTime();
        ZonedDateTime tick;
        do { // more than once only in the second half of what a change repeats
            time = nextMatch(secondAfter(time));
            if (time == null) {
                return null;
            }
            tick = momentOf(time, after.getZone());
        } while (!tick.toInstant().isAfter(after.toInstant()));
        return tick;
    }

    private static ZonedDateTime momentOf(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant().atZone(zone)
                : ZonedDateTime.of(time, zone); // the earlier of two
    }

    private @Nullable ZonedDateTime nextOnTheClock(ZonedDateTime after) {
        ZoneRules rules = after.getZone().getRules();
        ZoneOffset offset = after.getOffset();
        ZoneOffsetTransition change = rules.nextTransition(after.toInstant());
        LocalDateTime time = nextMatch(secondAfter(after.toLocalDateTime()));
        while (time != null && change != null && !time.toInstant(offset).isBefore(change.getInstant())) {
            offset = change.getOffsetAfter();
            time = nextMatch(change.getDateTimeAfter());
            change = rules.nextTransition(change.getInstant());
        }
        return time == null ? null : ZonedDateTime.ofInstant(time, offset, after.getZone());
    }

    private static LocalDateTime secondAfter(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private @Nullable LocalDateTime nextMatch(LocalDateTime from) {
        LocalTime time = hasDay(from.toLocalDate()) ? nextTime(from.toLocalTime()) : null;
        if (time != null) {
            return from.toLocalDate().atTime(time);
        }
        LocalDate day = nextDay(from.toLocalDate().plusDays(1));
        LocalTime first = nextTime(LocalTime.MIDNIGHT);
        return day == null || first == null ? null : day.atTime(first);
    }

    private @Nullable LocalDate nextDay(LocalDate from) {
        LocalDate day = from;
        while (day.getYear() <= from.getYear() + HORIZON_YEARS) {
            if (!has(months, day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (!hasDay(day)) {
                day = day.plusDays(1);
            } else {
                return day;
            }
        }
        return null;
    }

    private boolean hasDay(LocalDate day) {
        boolean last = (days & CronField.LAST_DAY) != 0 && day.getDayOfMonth() == day.lengthOfMonth();
        boolean ofMonth = last || has(days, day.getDayOfMonth());
        boolean ofWeek = has(weekdays, day.getDayOfWeek().getValue() % 7);
        return has(months, day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private @Nullable LocalTime nextTime(LocalTime from) {
        for (int hour = next(hours, from.getHour()); hour >= 0; hour = next(hours, hour + 1)) {
            boolean sameHour = hour == from.getHour();
            int firstMinute = sameHour ? from.getMinute() : 0;
            for (int minute = next(minutes, firstMinute); minute >= 0; minute = next(minutes, minute + 1)) {
                int second = next(seconds, sameHour && minute == from.getMinute() ? from.getSecond() : 0);
                if (second >= 0) {
                    return LocalTime.of(hour, minute, second);
                }
            }
        }
        return null;
    }

    private static boolean has(long values, int value) {
        return (values >>> value & 1) != 0;
    }

    /** {@return the first of the values from one on, or -1} */
    private static int next(long values, int from) {
        long rest = values >>> from;
        return rest == 0 ? -1 : from + Long.numberOfTrailingZeros(rest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron cron && cron.expression.equals(expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    /** {@return the expression as it was written} */
    @Override
    public String toString() {
        return expression;
    }
}
