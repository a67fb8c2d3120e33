package io.betrue.staticfiles;

import java.util.List;
import java.util.TreeSet;

/** Writes rows of tables: {@code §} stands where a hash has to go, and is not part of the text. */
final class Marks {
    static final String SIGN = "§";

    private Marks() {}

    static String none(String row) {
        return row.replace(SIGN, "");
    }

    /** {@return the text with the sign wherever a URL that may name a file of the server gets its hash} */
    static String set(String text, String base, List<Span> urls) {
        TreeSet<Integer> places = new TreeSet<>();
        for (Span url : urls) {
            UrlPaths.Destination destination = UrlPaths.resolve(base, url.value());
            if (destination != null) {
                places.add(url.place(destination.mark()));
            }
        }
        StringBuilder marked = new StringBuilder(text);
        places.descendingIterator().forEachRemaining(place -> marked.insert(place, SIGN));
        return marked.toString();
    }
}
