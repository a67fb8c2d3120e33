package io.betrue.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the simplest and most frequent kind: anchored, made of characters and classes with counts and of groups of them, in which the next
 * character alone decides how to go on, as in {@code ^[A-Z]{3}-\d{4,6}(-[a-z]+)*$}. It is matched in one pass, several times as fast as by an automaton.
 */
final class RunPattern implements TextPattern {
    /** A part of an expression. */
    sealed interface Part permits Run, Group {
        int least();

        int most();
    }

    /**
     * Some characters of one class.
     *
     * @param characters the class
     * @param least the least number of them
     * @param most the greatest number of them
     */
    record Run(CharSet characters, int least, int most) implements Part {}

    /**
     * A repetition of alternatives.
     *
     * @param alternatives the alternatives
     * @param starts the characters with which each starts
     * @param least the least number of repetitions
     * @param most the greatest number of repetitions
     */
    record Group(List<List<Part>> alternatives, List<CharSet> starts, int least, int most) implements Part {}

    private final List<Part> parts;
    private final boolean toTheEnd;

    private RunPattern(List<Part> parts, boolean toTheEnd) {
        this.parts = parts;
        this.toTheEnd = toTheEnd;
    }

    /** {@return the expression, or null if it is not of this kind} */
    static @Nullable RunPattern of(String pattern) {
        RunParser parser = new RunParser(pattern);
        List<Part> parts = parser.parse();
        boolean open = parts != null && !parser.toTheEnd() && parts.stream().anyMatch(Group.class::isInstance);
        return parts == null || open || !isDecided(parts, CharSet.EMPTY)
                ? null
                : new RunPattern(parts, parser.toTheEnd());
    }

    /** {@return the characters with which parts may start that are followed by others} */
    static CharSet start(List<Part> parts, CharSet follow) {
        CharSet start = follow;
        for (int i = parts.size() - 1; i >= 0; i--) {
            CharSet own = own(parts.get(i));
            start = parts.get(i).least() == 0 ? own.and(start) : own;
        }
        return start;
    }

    private static CharSet own(Part part) {
        return part instanceof Run run
                ? run.characters()
                : ((Group) part).starts().stream().reduce(CharSet.EMPTY, CharSet::and);
    }

    private static boolean isDecided(List<Part> parts, CharSet follow) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            CharSet next = start(parts.subList(i + 1, parts.size()), follow);
            if (part.least() < part.most() && own(part).overlaps(next)) {
                return false;
            }
            if (part instanceof Group group
                    && !isDecided(group, group.most() > 1 ? own(group).and(next) : next)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDecided(Group group, CharSet follow) {
        CharSet before = CharSet.EMPTY;
        for (int i = 0; i < group.alternatives().size(); i++) {
            List<Part> alternative = group.alternatives().get(i);
            boolean empty = alternative.stream().allMatch(part -> part.least() == 0);
            if (empty || before.overlaps(group.starts().get(i)) || !isDecided(alternative, follow)) {
                return false;
            }
            before = before.and(group.starts().get(i));
        }
        return true;
    }

    @Override
    public boolean find(String text) {
        int end = match(parts, text, 0);
        return toTheEnd ? end == text.length() : end >= 0;
    }

    /** {@return the place behind the parts, or -1 if they do not match} */
    private static int match(List<Part> parts, String text, int from) {
        int at = from;
        for (int i = 0; i < parts.size() && at >= 0; i++) {
            Part part = parts.get(i);
            at = part instanceof Run run ? match(run, text, at) : match((Group) part, text, at);
        }
        return at;
    }

    private static int match(Run run, String text, int from) {
        int at = from;
        int count = 0;
        while (count < run.most && at < text.length()) {
            int character = character(text, at);
            if (!run.characters.has(character)) {
                break;
            }
            at += character > Character.MAX_VALUE ? 2 : 1;
            count++;
        }
        return count < run.least ? -1 : at;
    }

    private static int match(Group group, String text, int from) {
        int at = from;
        int count = 0;
        while (count < group.most && at >= 0 && at < text.length()) {
            int which = which(group, character(text, at));
            if (which < 0) {
                break;
            }
            at = match(group.alternatives.get(which), text, at);
            count++;
        }
        return count < group.least ? -1 : at;
    }

    private static int which(Group group, int character) {
        for (int i = 0; i < group.starts.size(); i++) {
            if (group.starts.get(i).has(character)) {
                return i;
            }
        }
        return -1;
    }

    private static int character(String text, int at) {
        char unit = text.charAt(at);
        return unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE
                ? text.codePointAt(at)
                : unit;
    }
}
