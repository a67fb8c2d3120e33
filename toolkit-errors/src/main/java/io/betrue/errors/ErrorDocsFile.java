package io.betrue.errors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that {@link ErrorDocs} writes: JSON as a whole, Markdown between two marker lines.
 *
 * <p>Bytes outside the markers stay as they are: they are handled as ISO-8859-1, one character a byte.
 */
final class ErrorDocsFile {
    static final String START = "[errors]: start";
    static final String END = "[errors]: end";

    private final Path file;
    private final String before;
    private final String after;

    private ErrorDocsFile(Path file, String before, String after) {
        this.file = file;
        this.before = before;
        this.after = after;
    }

    /** Reads what is there and works out what should be; an IOException says why that is not possible. */
    static ErrorDocsFile of(Path file, String text, boolean markdown) throws IOException {
        String before = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (markdown) {
            String marked = before.isEmpty() ? START + "\n" + END + "\n" : before;
            return new ErrorDocsFile(file, before, betweenMarkers(file, marked, "\n" + bytes + "\n"));
        }
        if (!before.isBlank() && !before.matches("(?s)\\s*\\[\\s*[{\\]].*")) {
            throw new IOException("it is no JSON array, so it stays as it is");
        }
        return new ErrorDocsFile(file, before, bytes);
    }

    private static String betweenMarkers(Path file, String before, String bytes) throws IOException {
        int start = before.indexOf(START);
        int end = before.indexOf(END);
        if (start < 0 || end < 0 || start != before.lastIndexOf(START) || end != before.lastIndexOf(END)) {
            throw new IOException(
                    "it must have one line with " + START + " and one with " + END + ", so it stays as it is");
        }
        int endOfStart = before.indexOf('\n', start) + 1;
        int startOfEnd = before.lastIndexOf('\n', end) + 1;
        if (endOfStart == 0 || startOfEnd < endOfStart) {
            throw new IOException(
                    "the line with " + START + " must stand above the one with " + END + " in " + file.getFileName());
        }
        return before.substring(0, endOfStart) + bytes + before.substring(startOfEnd);
    }

    boolean isUpToDate() {
        return before.equals(after);
    }

    void write() throws IOException {
        if (!isUpToDate()) {
            Files.writeString(file, after, StandardCharsets.ISO_8859_1);
        }
    }
}
