package io.betrue.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiles regular expressions so that they run in time that is linear in the length of the text. */
final class Patterns {
    private Patterns() {}

    /** An expression that cannot be run; the message says why and what would do. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    static TextPattern compile(String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            return text -> compiled.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    static TextPattern trusted(String pattern) {
        java.util.regex.Pattern compiled = java.util.regex.Pattern.compile(pattern);
        return text -> compiled.matcher(text).find();
    }
}
