package io.betrue.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an expression for {@link RunPattern}, and gives up at whatever is not of its kind. Used once. */
final class RunParser {
    private static final int DEEPEST = 10;

    private final String pattern;
    private int at;
    private int depth;
    private boolean toTheEnd;

    RunParser(String pattern) {
        this.pattern = pattern;
    }

    /** {@return whether a text must end where the expression does} */
    boolean toTheEnd() {
        return toTheEnd;
    }

    /** {@return the parts, or null if the expression is of another kind} */
    @Nullable
    List<RunPattern.Part> parse() {
        if (!pattern.startsWith("^")) {
            return null;
        }
        at = 1;
        List<RunPattern.Part> parts = sequence();
        if (parts != null && has('$')) {
            at++;
            toTheEnd = true;
        }
        return at == pattern.length() ? parts : null;
    }

    private boolean has(char character) {
        return at < pattern.length() && pattern.charAt(at) == character;
    }

    private @Nullable List<RunPattern.Part> sequence() {
        List<RunPattern.Part> parts = new ArrayList<>();
        while (at < pattern.length() && "|)$".indexOf(pattern.charAt(at)) < 0) {
            RunPattern.Part part = has('(') ? group() : run();
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return parts;
    }

    private RunPattern.@Nullable Part group() {
        at += pattern.startsWith("(?:", at) ? 3 : 1;
        if (has('?') || ++depth > DEEPEST) {
            return null;
        }
        List<List<RunPattern.Part>> alternatives = new ArrayList<>();
        List<CharSet> starts = new ArrayList<>();
        do {
            at += alternatives.isEmpty() ? 0 : 1;
            List<RunPattern.Part> alternative = sequence();
            if (alternative == null) {
                return null;
            }
            alternatives.add(alternative);
            starts.add(RunPattern.start(alternative, CharSet.EMPTY));
        } while (has('|'));
        if (!has(')')) {
            return null;
        }
        at++;
        depth--;
        int[] counts = counts();
        return counts == null ? null : new RunPattern.Group(alternatives, starts, counts[0], counts[1]);
    }

    private RunPattern.@Nullable Part run() {
        CharSet characters = atom();
        int[] counts = characters == null ? null : counts();
        return characters == null || counts == null ? null : new RunPattern.Run(characters, counts[0], counts[1]);
    }

    private @Nullable CharSet atom() {
        char next = pattern.charAt(at);
        if (next == '[') {
            return characterClass();
        }
        if (next == '\\') {
            return escape();
        }
        at++;
        if (next == '.') {
            return CharSet.EMPTY.and('\n', '\n').and('\r', '\r').not(CharSet.Others.ALL_BUT_LINE_ENDS);
        }
        return next < 128 && "*+?{}]^".indexOf(next) < 0 ? CharSet.EMPTY.and(next, next) : null;
    }

    /** {@return the characters of an escape, or null if it is not known here} */
    private @Nullable CharSet escape() {
        char kind = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 'q';
        at += 2;
        if (kind == 'd') {
            return CharSet.EMPTY.and('0', '9');
        }
        if (kind == 'w') {
            return CharSet.EMPTY.and('0', '9').and('a', 'z').and('A', 'Z').and('_', '_');
        }
        return kind < 128 && !Ascii.isLetterOrDigit(kind) ? CharSet.EMPTY.and(kind, kind) : null;
    }

    private @Nullable CharSet characterClass() {
        at++;
        boolean not = has('^');
        at += not ? 1 : 0;
        CharSet all = CharSet.EMPTY;
        int start = at;
        while (at < pattern.length() && !has(']')) {
            CharSet member = member();
            if (member == null) {
                return null;
            }
            all = all.and(member);
        }
        if (at == start || at == pattern.length()) {
            return null;
        }
        at++;
        return not ? all.not(CharSet.Others.ALL) : all;
    }

    private @Nullable CharSet member() {
        char first = pattern.charAt(at);
        boolean escaped = first == '\\';
        CharSet characters = escaped ? escape() : CharSet.EMPTY.and(first, first);
        at += escaped ? 0 : 1;
        boolean range = has('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (first >= 128 || !range) {
            return first >= 128 ? null : characters;
        }
        char last = pattern.charAt(at + 1);
        at += 2;
        return escaped || last == '\\' || last >= 128 || last < first ? null : CharSet.EMPTY.and(first, last);
    }

    /** {@return the least and the greatest count of what stands before, or null if the next is no count of this kind} */
    private int @Nullable [] counts() {
        int[] counts = {1, 1};
        if (has('*') || has('+') || has('?')) {
            counts[0] = has('+') ? 1 : 0;
            counts[1] = has('?') ? 1 : Integer.MAX_VALUE;
            at++;
        } else if (has('{')) {
            int end = pattern.indexOf('}', at);
            String text = end < 0 ? "" : pattern.substring(at + 1, end);
            if (!text.matches("[0-9]{1,7}(,[0-9]{0,7})?")) {
                return null;
            }
            String[] bounds = text.split(",", -1);
            counts[0] = Integer.parseInt(bounds[0]);
            counts[1] = bounds.length == 1
                    ? counts[0]
                    : bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
            at = end + 1;
        }
        boolean lazy = at < pattern.length() && "?+*{".indexOf(pattern.charAt(at)) >= 0;
        return lazy || counts[0] > counts[1] ? null : counts;
    }
}
