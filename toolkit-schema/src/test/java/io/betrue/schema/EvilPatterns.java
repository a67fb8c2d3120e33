package io.betrue.schema;

import java.util.List;

/** Expressions that take a backtracking engine exponential or high polynomial time, each with a piece to repeat and an end that spoils the match. */
final class EvilPatterns {
    static final List<String[]> ALL = List.of(
            row("^(a+)+$", "a", "!"),
            row("^(a|aa)+$", "a", "!"),
            row("^(a|a?)+$", "a", "!"),
            row("^(a*)*$", "a", "!"),
            row("^([a-zA-Z]+)*$", "a", "!"),
            row("^(.*a){20}$", "a", "!"),
            row("^(\\w+\\s?)*$", "word ", "!"),
            row("\\s+$", " ", "!"),
            row("^\\s*(\\S+\\s*)*;$", "a ", "!"),
            row("^.*?,.*?,.*?,.*?,.*?,.*?,P$", ",", "!"),
            row("(x+x+)+y", "x", "z"),
            row("^(([a-z])+.)+[A-Z]([a-z])+$", "a", "!"),
            row(
                    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$",
                    "a", "!"),
            row("^(https?:\\/\\/)?([\\da-z\\.-]+)\\.([a-z\\.]{2,6})([\\/\\w \\.-]*)*\\/?$", "a.b/", "!"),
            row("^(0|1|01|10)*$", "01", "2"),
            row("^((ab)*)+$", "ab", "!"),
            row("^(a|b|ab)*c$", "ab", "d"),
            row("^([0-9]+)*,$", "1", "!"),
            row("^(\\d+)+\\.(\\d+)+$", "1", "!"),
            row("(.+)+=", "a", ""),
            row("^(\"([^\"\\\\]|\\\\.)*\"\\s*)*$", "\"a\" ", "\""),
            row("<(\\w+)(\\s+\\w+=\"[^\"]*\")*\\s*>", "<a b=\"", "!"),
            row("^(?:a?){30}a{30}$", "a", "!"),
            row("(a*)*b", "a", "!"),
            row("^([\\w.]+)+@", "a.", "!"),
            row("^(([^<>()\\[\\]\\.,;:\\s@\"]+(\\.[^<>()\\[\\]\\.,;:\\s@\"]+)*)|(\".+\"))@x$", "a.", "!"),
            row("^(?:(?:a+)+b?)+$", "a", "!"),
            row("(\\p{L}+\\s*)+:", "ä ", "!"),
            row("^(a{1,20}){1,20}$", "a", "!"),
            row("^[\\s\\u200c]+|[\\s\\u200c]+$", "\u200c", "!"));

    private EvilPatterns() {}

    private static String[] row(String pattern, String piece, String end) {
        return new String[] {pattern, piece, end};
    }
}
