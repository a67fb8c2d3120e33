package io.betrue.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiles regular expressions so that they run in time that is linear in the length of the text. */
final class Patterns {
    /** The longest expression, in characters. */
    private static final int LONGEST = 10_000;
    /** The largest automaton, in steps; each character of a text may cost as much. */
    private static final int LARGEST = 2_000;

    private Patterns() {}

    /** An expression that cannot be run; the message says why and what would do. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * {@return the meaning of an expression of ECMA-262}
     *
     * @throws Refused if it is malformed, or cannot be run in linear time
     */
    static TextPattern compile(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new Refused(
                    "has " + pattern.length() + " characters, more than the " + LONGEST + " that a pattern may have");
        }
        RunPattern simple = RunPattern.of(pattern);
        if (simple != null) {
            return simple;
        }
        if (PatternSize.of(pattern) > LARGEST) {
            throw new Refused("is too large once its counts are written out; use lower counts, or maxLength");
        }
        try {
            Pattern compiled = Pattern.compile(EcmaPattern.translate(pattern));
            if (compiled.programSize() > LARGEST) {
                throw new Refused("is too large once its counts are written out; use lower counts, or maxLength");
            }
            return new RememberedPattern(text -> compiled.matcher(text).find());
        } catch (PatternSyntaxException e) {
            throw new Refused("is not a regular expression that can be run: " + e.getDescription());
        }
    }

    /**
     * {@return the meaning of an expression that may take its time}
     *
     * @throws Refused if it is malformed
     */
    static TextPattern trusted(String pattern) {
        try {
            java.util.regex.Pattern compiled = java.util.regex.Pattern.compile(EcmaPattern.trusted(pattern));
            return text -> compiled.matcher(text).find();
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new Refused("is not a regular expression: " + e.getDescription());
        }
    }

    /** {@return whether a text is a regular expression of ECMA-262, be it one that can be run in linear time or not} */
    static boolean isExpression(String text) {
        try {
            return text.length() <= LONGEST && java.util.regex.Pattern.compile(EcmaPattern.lenient(text)) != null;
        } catch (Refused | java.util.regex.PatternSyntaxException | StackOverflowError e) {
            return false;
        }
    }
}
