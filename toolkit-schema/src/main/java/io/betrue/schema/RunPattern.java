package io.betrue.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the simplest and most frequent kind: anchored, a row of characters and character classes, each with its count, as in
 * {@code ^[A-Z]{3}-\d{4,6}$}. Where a run of one class ends is decided by the next character alone, so that it is matched in one pass and several times as
 * fast as by an automaton.
 */
final class RunPattern implements TextPattern {
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    /** What a run does with the characters that are not ASCII. */
    private enum Others {
        NONE,
        ALL,
        ALL_BUT_LINE_ENDS
    }

    /**
     * Some characters of one class.
     *
     * @param low the ASCII characters below 64, as bits
     * @param high the other ASCII characters, as bits
     * @param others whether it has the characters that are not ASCII
     * @param least the least number of them
     * @param most the greatest number of them
     */
    private record Run(long low, long high, Others others, int least, int most) {
        boolean has(int character) {
            if (character < 64) {
                return (low >>> character & 1) != 0;
            }
            if (character < 128) {
                return (high >>> character & 1) != 0;
            }
            boolean lineEnd = character == LINE_SEPARATOR || character == PARAGRAPH_SEPARATOR;
            return others == Others.ALL || (others == Others.ALL_BUT_LINE_ENDS && !lineEnd);
        }

        boolean overlaps(Run other) {
            return (low & other.low) != 0
                    || (high & other.high) != 0
                    || (others != Others.NONE && other.others != Others.NONE);
        }
    }

    private final Run[] runs;
    private final boolean toTheEnd;

    private RunPattern(List<Run> runs, boolean toTheEnd) {
        this.runs = runs.toArray(new Run[0]);
        this.toTheEnd = toTheEnd;
    }

    /** {@return the expression, or null if it is not of this kind} */
    static @Nullable RunPattern of(String pattern) {
        List<Run> runs = new ArrayList<>();
        Parser parser = new Parser(pattern);
        if (!parser.parse(runs)) {
            return null;
        }
        return isDecided(runs) ? new RunPattern(runs, parser.toTheEnd) : null;
    }

    /** {@return whether each run that may be longer or shorter is told from what may follow it} */
    private static boolean isDecided(List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            for (int next = i + 1; run.least < run.most && next < runs.size(); next++) {
                if (run.overlaps(runs.get(next))) {
                    return false;
                }
                if (runs.get(next).least > 0) {
                    break;
                }
            }
        }
        return true;
    }

    @Override
    public boolean find(String text) {
        int at = 0;
        int length = text.length();
        for (Run run : runs) {
            int count = 0;
            while (count < run.most && at < length) {
                int character = text.charAt(at);
                if (character >= Character.MIN_HIGH_SURROGATE && character <= Character.MAX_HIGH_SURROGATE) {
                    character = text.codePointAt(at);
                }
                if (!run.has(character)) {
                    break;
                }
                at += character > Character.MAX_VALUE ? 2 : 1;
                count++;
            }
            if (count < run.least) {
                return false;
            }
        }
        return !toTheEnd || at == length;
    }

    /** Reads an expression, and gives up at whatever is not of the simple kind. */
    private static final class Parser {
        private final String pattern;
        private int at;
        private long low;
        private long high;
        private Others others = Others.NONE;
        private boolean toTheEnd;

        Parser(String pattern) {
            this.pattern = pattern;
        }

        boolean parse(List<Run> runs) {
            if (!pattern.startsWith("^")) {
                return false;
            }
            at = 1;
            while (at < pattern.length()) {
                if (pattern.charAt(at) == '$' && at == pattern.length() - 1) {
                    toTheEnd = true;
                    return true;
                }
                low = 0;
                high = 0;
                others = Others.NONE;
                if (!atom() || !count(runs)) {
                    return false;
                }
            }
            return true;
        }

        private boolean atom() {
            char next = pattern.charAt(at);
            if (next == '[') {
                return characterClass();
            }
            if (next == '.') {
                at++;
                negate(0x2400L, 0);
                others = Others.ALL_BUT_LINE_ENDS;
                return true;
            }
            if (next == '\\') {
                return escape() != -1;
            }
            at++;
            return "*+?{}()|^$]".indexOf(next) < 0 && add(next, next);
        }

        private boolean add(int from, int to) {
            if (from > to || to >= 128) {
                return false;
            }
            for (int c = from; c <= to; c++) {
                low |= c < 64 ? 1L << c : 0;
                high |= c < 64 ? 0 : 1L << c;
            }
            return true;
        }

        private void negate(long exceptLow, long exceptHigh) {
            low = ~exceptLow;
            high = ~exceptHigh;
            others = Others.ALL;
        }

        /** {@return the character of an escape, -2 after one that stands for several, -1 for what is not known} */
        private int escape() {
            char kind = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 'q';
            at += 2;
            if (kind == 'd' || kind == 'w') {
                add('0', '9');
                if (kind == 'w') {
                    add('a', 'z');
                    add('A', 'Z');
                    add('_', '_');
                }
                return -2;
            }
            boolean literal = kind < 128 && !Character.isLetterOrDigit(kind);
            return literal && add(kind, kind) ? kind : -1;
        }

        private boolean characterClass() {
            at++;
            boolean not = pattern.startsWith("^", at);
            at += not ? 1 : 0;
            int start = at;
            while (at < pattern.length() && pattern.charAt(at) != ']') {
                if (!member()) {
                    return false;
                }
            }
            boolean good = at > start && at < pattern.length();
            at++;
            if (not) {
                negate(low, high);
            }
            return good;
        }

        private boolean member() {
            int first = pattern.charAt(at);
            if (first == '\\') {
                first = escape();
            } else {
                at++;
            }
            boolean range = at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
            if (!range) {
                return first == -2 || (first >= 0 && add(first, first));
            }
            at++;
            int last = pattern.charAt(at);
            if (last == '\\') {
                last = escape();
            } else {
                at++;
            }
            return first >= 0 && last >= 0 && add(first, last);
        }

        private boolean count(List<Run> runs) {
            int least = 1;
            int most = 1;
            char next = at < pattern.length() ? pattern.charAt(at) : ' ';
            if (next == '*' || next == '+' || next == '?') {
                at++;
                least = next == '+' ? 1 : 0;
                most = next == '?' ? 1 : Integer.MAX_VALUE;
            } else if (next == '{') {
                int end = pattern.indexOf('}', at);
                String counts = end < 0 ? "" : pattern.substring(at + 1, end);
                if (!counts.matches("[0-9]{1,7}(,[0-9]{0,7})?")) {
                    return false;
                }
                int comma = counts.indexOf(',');
                least = Integer.parseInt(comma < 0 ? counts : counts.substring(0, comma));
                most = comma < 0
                        ? least
                        : comma == counts.length() - 1
                                ? Integer.MAX_VALUE
                                : Integer.parseInt(counts.substring(comma + 1));
                at = end + 1;
            }
            runs.add(new Run(low, high, others, least, most));
            boolean lazy = at < pattern.length() && "?+*{".indexOf(pattern.charAt(at)) >= 0;
            return !lazy && least <= most;
        }
    }
}
