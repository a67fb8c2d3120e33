package io.betrue.config;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Variable names: how a context goes into them, and how alike two of them are. */
final class Names {
    private static final String PLACEHOLDER = "{context}";
    private static final int MAX_LENGTH = 200;

    private Names() {}

    /** {@return the variable name of a template in a context; an empty context adds nothing} */
    static String resolve(String template, String context) {
        int at = template.indexOf(PLACEHOLDER);
        if (at < 0) {
            return require(context.isEmpty() ? template : context.concat("_").concat(template), template);
        }
        String filled = template.substring(0, at).concat(context).concat(template.substring(at + PLACEHOLDER.length()));
        return require(collapse(filled), template);
    }

    /** {@return the context in the form that goes into names} */
    static String context(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        int end = upper.length();
        while (end > 0 && upper.charAt(end - 1) == '_') {
            end--;
        }
        return upper.substring(0, end);
    }

    private static String collapse(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' || out.isEmpty() || out.charAt(out.length() - 1) != '_') {
                out.append(c);
            }
        }
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == '_') {
            end--;
        }
        return out.substring(0, end);
    }

    private static String require(String name, String template) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("env(\"" + template + "\") gives the variable name \"" + name
                    + "\"; a name is 1.." + MAX_LENGTH + " letters, digits and underscores and starts with no digit");
        }
        return name;
    }

    // Looks at bytes, not characters: before the code is compiled, that is several times faster, and this runs at
    // start.
    static boolean isValid(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == 0 || bytes.length > MAX_LENGTH || (bytes[0] >= '0' && bytes[0] <= '9')) {
            return false;
        }
        for (byte c : bytes) {
            if (c != '_' && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    /** {@return the variable name of a nested key of a file: {@code http.clientHost} is {@code HTTP_CLIENT_HOST}} */
    static String fromKey(String key) {
        StringBuilder out = new StringBuilder(key.length() + 4);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '.' || c == '-') {
                out.append('_');
            } else {
                if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(key.charAt(i - 1))) {
                    out.append('_');
                }
                out.append(c);
            }
        }
        return out.toString().toUpperCase(Locale.ROOT);
    }

    /** {@return whether one insertion, deletion, substitution or transposition of neighbours makes them equal} */
    static boolean oneEditApart(String a, String b) {
        if (a.length() > b.length()) {
            return oneEditApart(b, a);
        }
        if (b.length() - a.length() > 1) {
            return false;
        }
        int at = 0;
        while (at < a.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (a.length() < b.length()) {
            return sameFrom(a, at, b, at + 1);
        }
        if (at == a.length()) {
            return false;
        }
        return sameFrom(a, at + 1, b, at + 1)
                || (at + 1 < a.length()
                        && a.charAt(at) == b.charAt(at + 1)
                        && a.charAt(at + 1) == b.charAt(at)
                        && sameFrom(a, at + 2, b, at + 2));
    }

    private static boolean sameFrom(String a, int i, String b, int j) {
        return a.length() - i == b.length() - j && a.regionMatches(i, b, j, a.length() - i);
    }

    /** {@return the candidate at most two edits away that is closest to the text, or null} */
    static @Nullable String nearest(String text, Collection<String> candidates) {
        String best = null;
        int bestDistance = Math.min(2, text.length() / 3) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - text.length()) < bestDistance) {
                int distance = distance(text, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    // Optimal string alignment: Levenshtein with transpositions of neighbours, three rows at a time.
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
