package io.betrue.examples.wallet.telemetry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short name for a statement, as OpenTelemetry's {@code db.query.summary}: what it does and to which tables or functions, in the order in which they stand, such as {@code INSERT chat.messages SELECT chat.members}. No
 * value and no column is ever in it.
 */
final class StatementSummary {
    /** Comments, texts, quoted names, words with dots, and single characters; what is between them is space. */
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\n]*|/\\*(?s:.*?)\\*/" // comments
                    + "|[eE]?'[^']*+(?:''[^']*+)*+'|(?s:\\$(\\w*)\\$.*?\\$\\1\\$)" // texts
                    + "|(?:\"[^\"]*\"|[A-Za-z_][\\w$]*)(?:\\.(?:\"[^\"]*\"|[A-Za-z_][\\w$]*))*" // names
                    + "|\\S");

    private static final Set<String> VERBS = Set.of("select", "insert", "update", "delete", "merge");
    /** What stands in front of a verb that is none: {@code for update}, {@code on conflict do update}. */
    private static final Set<String> NO_VERB_AFTER = Set.of("for", "key", "do", "on", "or");

    private static final Set<String> BEFORE_TABLE = Set.of("from", "into", "update", "join", "using");
    private static final Set<String> NO_TABLE =
            Set.of("select", "lateral", "only", "set", "unnest", "values", "generate_series");
    private static final int LONGEST = 120;

    private final List<String> tokens;
    private final Set<String> parts = new LinkedHashSet<>();

    private StatementSummary(String statement) {
        this.tokens = tokens(statement);
    }

    static String of(String statement) {
        return new StatementSummary(statement).summary();
    }

    private static List<String> tokens(String statement) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(statement);
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.startsWith("--") && !token.startsWith("/*")) {
                boolean text = token.endsWith("'") || (token.startsWith("$") && token.length() > 1);
                tokens.add(text ? "'" : token);
            }
        }
        return tokens;
    }

    private String word(int at) {
        return at < 0 || at >= tokens.size() ? "" : tokens.get(at).toLowerCase(Locale.ROOT);
    }

    private String summary() {
        Set<String> local = named();
        for (int i = 0; i < tokens.size(); i++) {
            String word = word(i);
            if (VERBS.contains(word) && !NO_VERB_AFTER.contains(word(i - 1))) {
                parts.add(word.toUpperCase(Locale.ROOT));
            }
            if (isBeforeTable(i, word) && isName(word(i + 1)) && !NO_TABLE.contains(word(i + 1))) {
                if (!local.contains(word(i + 1))) {
                    parts.add(tokens.get(i + 1));
                }
                i++;
            } else if (word.indexOf('.') > 0 && word(i + 1).equals("(")) {
                parts.add(tokens.get(i)); // a function of ours
            }
        }
        return parts.isEmpty() ? other() : shortened();
    }

    private boolean isBeforeTable(int at, String word) {
        if (!BEFORE_TABLE.contains(word) || word(at - 1).equals("distinct")) {
            return false;
        }
        boolean extracted = word(at - 2).equals("(") && word(at - 3).equals("extract");
        return !extracted && !(word.equals("update") && NO_VERB_AFTER.contains(word(at - 1)));
    }

    private static boolean isName(String word) {
        return !word.isEmpty()
                && (Character.isLetter(word.charAt(0)) || word.charAt(0) == '_' || word.charAt(0) == '"');
    }

    /** {@return what {@code with} names: these are no tables} */
    private Set<String> named() {
        Set<String> names = new HashSet<>();
        for (int i = 1; i < tokens.size(); i++) {
            if (word(i).equals("as")
                    && (word(i + 1).equals("(")
                            || word(i + 1).equals("materialized")
                            || word(i + 2).equals("materialized"))) {
                names.add(word(i - 1).equals(")") ? beforeColumns(i - 1) : word(i - 1));
            }
        }
        return names;
    }

    private String beforeColumns(int closing) {
        int at = closing;
        while (at > 0 && !word(at).equals("(")) {
            at--;
        }
        return word(at - 1);
    }

    /** {@return the first word of what is neither a query nor a change, such as {@code LISTEN}; or a function that is asked, such as {@code SELECT set_config}} */
    private String other() {
        return isName(word(0)) ? word(0).toUpperCase(Locale.ROOT) : "_OTHER";
    }

    private String shortened() {
        if (parts.size() == 1 && isName(word(1)) && word(2).equals("(")) {
            parts.add(tokens.get(1));
        }
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (text.length() + part.length() >= LONGEST) {
                break;
            }
            text.append(text.isEmpty() ? "" : " ").append(part);
        }
        return text.isEmpty() ? other() : text.toString();
    }
}
