package io.betrue.staticfiles;

/** Makes names out of contents. */
final class Fingerprints {
    /** Ten hex digits, 40 bits: two contents of one file share a name once in a million million changes. */
    private static final int DIGITS = 10;

    private Fingerprints() {}

    static String shortHash(String hash) {
        return hash.substring(0, DIGITS);
    }

    /** {@return what the name of a content adds to the name of its file: {@code -3f2a9c1b7d}} */
    static String mark(String hash) {
        return "-" + shortHash(hash);
    }

    /** {@return the path with the hash before its last extension: {@code js/app.min-3f2a9c1b7d.js}, {@code LICENSE-3f2a9c1b7d}} */
    static String path(String path, String hash) {
        int place = place(path, path.lastIndexOf('/') + 1);
        return path.substring(0, place) + mark(hash) + path.substring(place);
    }

    /** {@return the path without the hash} */
    static String plain(String marked, String hash) {
        int place = marked.lastIndexOf(mark(hash));
        return marked.substring(0, place) + marked.substring(place + mark(hash).length());
    }

    /** {@return where in a text that ends with a file's name the hash goes; {@code start} is where that name begins} */
    static int place(String text, int start) {
        int dot = text.lastIndexOf('.');
        return dot > start ? dot : text.length();
    }
}
