package io.betrue.schema;

/** Dates and times of RFC 3339, durations of its appendix A. */
final class DateTimes {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int DAY = 24 * 60;

    private DateTimes() {}

    static boolean isDate(String text) {
        return text.length() == 10 && startsWithDate(text);
    }

    private static boolean startsWithDate(String text) {
        int year = Ascii.number(text, 0, 4);
        int month = Ascii.number(text, 5, 2);
        int day = Ascii.number(text, 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= (month == 2 && leap ? 29 : DAYS[month - 1]);
    }

    static boolean isDateTime(String text) {
        return text.length() >= 20
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(10) < 128
                && startsWithDate(text)
                && isTime(text, 11);
    }

    static boolean isTime(String text) {
        return isTime(text, 0);
    }

    private static boolean isTime(String text, int from) {
        int hour = Ascii.number(text, from, 2);
        int minute = Ascii.number(text, from + 3, 2);
        int second = Ascii.number(text, from + 6, 2);
        boolean colons = second >= 0 && text.charAt(from + 2) == ':' && text.charAt(from + 5) == ':';
        if (!colons || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 60) {
            return false;
        }
        int at = from + 8;
        if (at < text.length() && text.charAt(at) == '.') {
            int digits = at + 1;
            at = digits;
            while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
                at++;
            }
            if (at == digits) {
                return false;
            }
        }
        int offset = offset(text, at);
        // a leap second is the last of a day in UTC
        return offset != Integer.MIN_VALUE
                && (second < 60 || Math.floorMod(hour * 60 + minute - offset, DAY) == DAY - 1);
    }

    /** {@return the minutes ahead of UTC, or the smallest int if this is no offset} */
    private static int offset(String text, int at) {
        if (at >= text.length()) {
            return Integer.MIN_VALUE;
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return at + 1 == text.length() ? 0 : Integer.MIN_VALUE;
        }
        int hours = Ascii.number(text, at + 1, 2);
        int minutes = Ascii.number(text, at + 4, 2);
        boolean good = (sign == '+' || sign == '-')
                && text.length() == at + 6
                && hours >= 0
                && hours < 24
                && minutes >= 0
                && minutes < 60
                && text.charAt(at + 3) == ':';
        return good ? (sign == '-' ? -1 : 1) * (hours * 60 + minutes) : Integer.MIN_VALUE;
    }

    static boolean isDuration(String text) {
        if (text.length() < 3 || text.charAt(0) != 'P') {
            return false;
        }
        int at = parts(text, 1, "YMD");
        if (at == 1) {
            at = parts(text, 1, "W");
            if (at > 1) {
                return at == text.length();
            }
        }
        if (at > 0 && at < text.length() && text.charAt(at) == 'T') {
            int end = parts(text, at + 1, "HMS");
            return end > at + 1 && end == text.length();
        }
        return at > 1 && at == text.length();
    }

    /** {@return the end of the numbers with these units, which stand in this order with none left out between two} */
    private static int parts(String text, int from, String units) {
        int at = from;
        int last = -1;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            int end = at;
            while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
                end++;
            }
            int unit = end < text.length() ? units.indexOf(text.charAt(end)) : -1;
            if (unit < 0 || (last >= 0 && unit != last + 1)) {
                return at == from ? from : -1;
            }
            last = unit;
            at = end + 1;
        }
        return at;
    }
}
