package io.betrue.schema;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what was meant by a misspelt word. */
final class Similar {
    private static final int LONGEST = 64;

    private Similar() {}

    /** {@return the known word that is close to the given one, or null if none is} */
    static @Nullable String closest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return null;
        }
        int allowed = word.length() < 4 ? 1 : word.length() < 8 ? 2 : 3;
        String best = null;
        int least = allowed + 1;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least && distance < candidate.length()) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** {@return the known word of which the given one is most likely a misspelling, or null; more careful than {@link #closest}, as there are free words} */
    static @Nullable String misspelt(String word, Collection<String> known) {
        if (known.contains("$" + word)) {
            return "$" + word;
        }
        String close = closest(word, known);
        if (close == null || close.equalsIgnoreCase(word)) {
            return close;
        }
        if (isSwap(word, close)) {
            return close;
        }
        int allowed = word.length() < 5 ? 0 : word.length() < 9 ? 1 : 2;
        return distance(word.toLowerCase(Locale.ROOT), close.toLowerCase(Locale.ROOT)) <= allowed ? close : null;
    }

    /** {@return whether two neighbours have changed places: {@code tpye}} */
    private static boolean isSwap(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return a.length() == b.length()
                && at + 1 < a.length()
                && a.charAt(at) == b.charAt(at + 1)
                && a.charAt(at + 1) == b.charAt(at)
                && a.substring(at + 2).equals(b.substring(at + 2));
    }

    /** The edit distance, a swap of neighbours counting as one. */
    private static int distance(String a, String b) {
        if (b.length() > LONGEST || Math.abs(a.length() - b.length()) > 3) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
