package io.betrue.jobs;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes expressions together with the values that each field was made from, so that who knows the values need not read the text. */
final class CronExpressions {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final RandomGenerator random;

    CronExpressions(RandomGenerator random) {
        this.random = random;
    }

    record Field(String text, Set<Integer> values) {
        boolean isStar() {
            return text.startsWith("*");
        }
    }

    record Expression(Field minute, Field hour, Field day, Field month, Field weekday) {
        boolean matches(LocalDateTime time) {
            boolean ofMonth = day.values.contains(time.getDayOfMonth());
            boolean ofWeek = weekday.values.contains(time.getDayOfWeek().getValue() % 7);
            boolean either = !day.isStar() && !weekday.isStar();
            return minute.values.contains(time.getMinute())
                    && hour.values.contains(time.getHour())
                    && month.values.contains(time.getMonthValue())
                    && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
        }

        @Override
        public String toString() {
            return String.join(" ", minute.text, hour.text, day.text, month.text, weekday.text);
        }
    }

    Expression any() {
        return new Expression(
                field(0, 59, List.of(), 4),
                field(0, 23, List.of(), 2),
                field(1, 31, List.of(), 2),
                field(1, 12, MONTHS, 1),
                field(0, 6, WEEKDAYS, 2));
    }

    /** One of {@code stars + 2} fields is restricted, and at night more often than not, where clocks change. */
    private Field field(int least, int greatest, List<String> names, int stars) {
        if (random.nextInt(stars + 2) >= 2) {
            return new Field("*", steps(least, greatest, 1));
        }
        if (random.nextInt(5) == 0) {
            int step = 1 + random.nextInt(greatest - least);
            return new Field("*/" + step, steps(least, greatest, step));
        }
        List<String> items = new ArrayList<>();
        Set<Integer> values = new TreeSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int first = least + (random.nextBoolean() ? random.nextInt(4) : random.nextInt(greatest - least + 1));
            int last = first + random.nextInt(greatest - first + 1);
            int step = 1 + random.nextInt(greatest - least);
            switch (random.nextInt(4)) {
                case 0 -> {
                    items.add(name(first, least, names) + "-" + name(last, least, names));
                    values.addAll(steps(first, last, 1));
                }
                case 1 -> {
                    items.add(first + "-" + last + "/" + step);
                    values.addAll(steps(first, last, step));
                }
                default -> {
                    items.add(name(first, least, names));
                    values.add(first);
                }
            }
        }
        return new Field(String.join(",", items), values);
    }

    private String name(int value, int least, List<String> names) {
        return names.isEmpty() || random.nextBoolean() ? String.valueOf(value) : names.get(value - least);
    }

    private static Set<Integer> steps(int first, int last, int step) {
        Set<Integer> values = new TreeSet<>();
        for (int value = first; value <= last; value += step) {
            values.add(value);
        }
        return values;
    }
}
