package io.betrue.examples.monolith;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names of metrics in questions to Prometheus: what is neither a function, an operator, a label, a text, a range nor a variable of Grafana. */
final class PromQl {
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern LABEL_VALUES =
            Pattern.compile("^\\s*label_values\\(\\s*([a-zA-Z_:][\\w:]*)[^,]*,\\s*\\w+\\s*\\)\\s*$");
    private static final Pattern LABELS = Pattern.compile(
            "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("(?<![\\w.:$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> OPERATORS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end", "atan2");

    private PromQl() {}

    /** {@return the names of metrics that a question asks for, as they are exposed} */
    static Set<String> metrics(String question) {
        Matcher ofVariable = LABEL_VALUES.matcher(question);
        if (ofVariable.matches()) {
            return Set.of(ofVariable.group(1));
        }
        String bare = TEXT.matcher(question).replaceAll("");
        bare = bare.replaceAll("\\{[^}]*\\}", " ").replaceAll("\\[[^\\]]*\\]", " ");
        bare = LABELS.matcher(bare).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        Matcher words = WORD.matcher(bare);
        while (words.find()) {
            if (!OPERATORS.contains(words.group().toLowerCase(Locale.ROOT))) {
                names.add(words.group());
            }
        }
        return names;
    }
}
