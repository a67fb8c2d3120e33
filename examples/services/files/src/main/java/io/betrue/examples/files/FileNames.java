package io.betrue.examples.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes names of what senders call their files: to be shown, and to be saved under, on any system. */
final class FileNames {
    private static final int MOST_BYTES = 200;
    private static final String UNWANTED = "<>:\"|?*";
    private static final String NAMELESS = "file";

    /** Names of devices of Windows, whatever follows a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private FileNames() {}

    /**
     * {@return the last part of a path, without control characters, those that cannot be seen or change the direction of writing, and those that no file can have; it ends as names of its
     * type do}
     *
     * @param given what a sender calls it, perhaps nothing
     * @param type what it is
     */
    static String clean(String given, MediaType type) {
        String text = Normalizer.normalize(given, Normalizer.Form.NFC);
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        StringBuilder seen = new StringBuilder();
        last.codePoints().forEach(c -> append(seen, c));
        String name = seen.toString().stripTrailing();
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean usual = type.extensions().contains(extension);
        String stem = cut(trimmed(usual ? name.substring(0, dot) : name));
        if (stem.isEmpty()) {
            stem = NAMELESS;
        }
        if (DEVICE.matcher(stem).matches()) {
            stem = "_" + stem;
        }
        return stem + "." + (usual ? extension : type.extensions().get(0));
    }

    private static void append(StringBuilder seen, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // bidirectional overrides, joiners, byte order marks
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> {}
            case Character.SPACE_SEPARATOR -> seen.append(' ');
            default -> seen.appendCodePoint(UNWANTED.indexOf(c) < 0 ? c : '_');
        }
    }

    /** Without dots and spaces around it: they hide files, or are dropped by some systems. */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isDotOrSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isDotOrSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isDotOrSpace(char c) {
        return c == '.' || c == ' ';
    }

    private static String cut(String stem) {
        int bytes = 0;
        int end = 0;
        while (end < stem.length()) {
            int next = stem.offsetByCodePoints(end, 1);
            bytes += stem.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                return trimmed(stem.substring(0, end));
            }
            end = next;
        }
        return stem;
    }
}
