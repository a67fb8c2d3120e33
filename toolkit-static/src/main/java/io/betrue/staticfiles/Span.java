package io.betrue.staticfiles;

import java.util.Arrays;

/** A stretch of a text with its escapes undone, and where each of its characters stands in that text. Immutable. */
final class Span {
    private final String value;
    private final int[] places;

    private Span(String value, int[] places) {
        this.value = value;
        this.places = places;
    }

    /** {@return a stretch without escapes, from {@code start} to before {@code end}} */
    static Span of(String text, int start, int end) {
        int[] places = new int[end - start + 1];
        Arrays.setAll(places, i -> start + i);
        return new Span(text.substring(start, end), places);
    }

    String value() {
        return value;
    }

    /** {@return where a character stands in the text; that of {@code value().length()} is where the stretch ends} */
    int place(int index) {
        return places[index];
    }

    Span part(int from, int to) {
        return new Span(value.substring(from, to), Arrays.copyOfRange(places, from, to + 1));
    }

    /** {@return this stretch of {@code outer}'s value as a stretch of {@code outer}'s text} */
    Span within(Span outer) {
        return new Span(
                value, Arrays.stream(places).map(place -> outer.places[place]).toArray());
    }

    @Override
    public String toString() {
        return value;
    }

    /** Collects the characters of a stretch. */
    static final class Builder {
        private final StringBuilder value = new StringBuilder();
        private int[] places = new int[32];

        void add(int codePoint, int place) {
            int from = value.length();
            value.appendCodePoint(codePoint);
            if (value.length() >= places.length) {
                places = Arrays.copyOf(places, places.length * 2);
            }
            Arrays.fill(places, from, value.length(), place);
        }

        Span end(int place) {
            int[] all = Arrays.copyOf(places, value.length() + 1);
            all[value.length()] = place;
            return new Span(value.toString(), all);
        }
    }
}
