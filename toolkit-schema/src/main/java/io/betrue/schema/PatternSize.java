package io.betrue.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/** Estimates how large an expression becomes once its counts are written out, before anything is written out. */
final class PatternSize {
    private static final long HUGE = Integer.MAX_VALUE;

    private PatternSize() {}

    /** {@return the number of characters and classes, each as often as its counts say} */
    static long of(String pattern) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        int at = 0;
        while (at < pattern.length()) {
            char next = pattern.charAt(at);
            int end = at + 1;
            if (next == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
            } else if (next == ')' && !outer.isEmpty()) {
                last = sum;
                sum = Math.min(HUGE, sum + outer.pop());
            } else if (next == '{' && pattern.indexOf('}', at) > 0) {
                end = pattern.indexOf('}', at) + 1;
                long times = times(pattern.substring(at + 1, end - 1));
                sum = Math.min(HUGE, sum + last * Math.max(0, times - 1));
                last = Math.min(HUGE, last * Math.max(1, times));
            } else if ("*+?|".indexOf(next) < 0) {
                end = end(pattern, at);
                last = 1;
                sum++;
            }
            at = end;
        }
        return outer.stream().reduce(sum, Long::sum);
    }

    private static int end(String pattern, int at) {
        if (pattern.charAt(at) == '\\') {
            return at + 2;
        }
        if (pattern.charAt(at) != '[') {
            return at + 1;
        }
        int end = at + 1;
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            end += pattern.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    private static long times(String counts) {
        if (!counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            return 1;
        }
        int comma = counts.indexOf(',');
        boolean open = comma == counts.length() - 1;
        return Long.parseLong(comma < 0 || open ? counts.replace(",", "") : counts.substring(comma + 1));
    }
}
