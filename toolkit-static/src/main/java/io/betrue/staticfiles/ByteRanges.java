package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The byte ranges of a request (RFC 9110, 14.1.2 and 14.2), against a body of a known length. */
final class ByteRanges {
    /** The most ranges that are answered one by one; a request for more gets the whole body. */
    static final int MOST = 16;

    private static final int MOST_OVERLAPS = 2;
    private static final String UNIT = "bytes=";
    /** More digits than any length has. */
    private static final int MOST_DIGITS = 18;

    private ByteRanges() {}

    /**
     * A stretch of a body.
     *
     * @param first the position of the first byte
     * @param last the position of the last byte
     */
    record Stretch(long first, long last) {
        long length() {
            return last - first + 1;
        }

        boolean overlaps(Stretch other) {
            return first <= other.last && other.first <= last;
        }

        private boolean touches(Stretch other) {
            return first <= other.last + 1 && other.first <= last + 1;
        }

        private Stretch with(Stretch other) {
            return new Stretch(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /**
     * Reads a Range field.
     *
     * @param value the field
     * @param length the length of the body, at least 1
     * @return the stretches to send, in the order of the request, those that touch each other as one; empty if none can be satisfied;
     *     {@code null} if the field is to be ignored, because it is malformed, of another unit, or asks for more work than the whole body
     */
    static @Nullable List<Stretch> parse(String value, long length) {
        if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<Stretch> found = new ArrayList<>(2);
        int seen = 0;
        for (int at = UNIT.length(); at <= value.length(); ) {
            int comma = value.indexOf(',', at);
            int end = comma < 0 ? value.length() : comma;
            String member = strip(value, at, end);
            if (!member.isEmpty() && (++seen > MOST || !add(found, member, length))) {
                return null;
            }
            at = end + 1;
        }
        return seen == 0 || isWasteful(found, length) ? null : found.size() < 2 ? found : coalesced(found);
    }

    /** Adds a range if it can be satisfied; false if it is malformed. */
    private static boolean add(List<Stretch> found, String member, long length) {
        int dash = member.indexOf('-');
        if (dash < 0 || !isDigits(member, 0, dash) || !isDigits(member, dash + 1, member.length())) {
            return false;
        }
        boolean open = dash == member.length() - 1;
        if (dash == 0) {
            long suffix = open ? 0 : number(member, 1, member.length());
            if (suffix > 0) {
                found.add(new Stretch(Math.max(0, length - suffix), length - 1));
            }
            return !open;
        }
        long first = number(member, 0, dash);
        long last = open ? Long.MAX_VALUE : number(member, dash + 1, member.length());
        if (first < length && first <= last) {
            found.add(new Stretch(first, Math.min(last, length - 1)));
        }
        return first <= last;
    }

    private static boolean isWasteful(List<Stretch> found, long length) {
        long sum = 0;
        int overlaps = 0;
        for (int i = 0; i < found.size(); i++) {
            sum += found.get(i).length();
            for (int j = 0; j < i; j++) {
                overlaps += found.get(i).overlaps(found.get(j)) ? 1 : 0;
            }
        }
        return sum > length || overlaps > MOST_OVERLAPS;
    }

    private static List<Stretch> coalesced(List<Stretch> found) {
        List<Stretch> kept = new ArrayList<>(found);
        for (int i = 0; i < kept.size(); i++) {
            for (int j = i + 1; j < kept.size(); j++) {
                if (kept.get(i).touches(kept.get(j))) {
                    kept.set(i, kept.get(i).with(kept.remove(j)));
                    // the grown one may touch those looked at before
                    j = i;
                }
            }
        }
        return kept;
    }

    private static String strip(String value, int from, int to) {
        int first = from;
        int end = to;
        while (first < end && isSpace(value.charAt(first))) {
            first++;
        }
        while (end > first && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(first, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** {@return the number, or the largest one if it is larger} */
    private static long number(String digits, int from, int to) {
        int first = from;
        while (first < to - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return to - first > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits, first, to, 10);
    }
}
