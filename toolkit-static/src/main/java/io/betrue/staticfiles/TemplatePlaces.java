package io.betrue.staticfiles;

/** Counts lines and columns on the way through a text. Asked for rising offsets it walks through the text once. Not safe for use by multiple threads. */
final class TemplatePlaces {
    private final String text;
    private int at;
    private int line = 1;
    private int column = 1;

    TemplatePlaces(String text) {
        this.text = text;
    }

    /** A place: line and column from 1, the column in characters (code points); a tab is one. */
    record Place(int line, int column) {}

    Place of(int offset) {
        while (at < offset) {
            step();
        }
        return new Place(line, column);
    }

    private void step() {
        char c = text.charAt(at++);
        boolean lineFeedFollows = at < text.length() && text.charAt(at) == '\n';
        if (c == '\n' || (c == '\r' && !lineFeedFollows)) {
            line++;
            column = 1;
        } else if (c != '\r' && !isSecondHalf(c)) {
            column++;
        }
    }

    private boolean isSecondHalf(char c) {
        return Character.isLowSurrogate(c) && at > 1 && Character.isHighSurrogate(text.charAt(at - 2));
    }
}
