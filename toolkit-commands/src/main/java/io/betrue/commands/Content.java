package io.betrue.commands;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes beside the input or output of a command: an upload, a download, an export. Whoever reads slowly slows down whoever writes. It can be read once,
 * by one thread; whoever holds it closes it.
 *
 * @param stream the bytes; it fails with an {@link IOException} if the other side breaks off
 * @param length how many bytes there are, or null if that is not known
 * @param mediaType what they are: {@code application/octet-stream} if nobody says
 * @param fileName the name that the sender gave them, or null; never a path to open as it is
 */
public record Content(
        InputStream stream,
        @Nullable Long length,
        String mediaType,
        @Nullable String fileName) implements AutoCloseable {
    /** What bytes are of which nobody says anything: {@value}. */
    public static final String BYTES = "application/octet-stream";

    private static final int MAX_TEXT = 255;

    /**
     * Checks the texts.
     *
     * @param stream the bytes
     * @param length how many there are, or null
     * @param mediaType what they are
     * @param fileName their name, or null
     * @throws IllegalArgumentException if the length is negative, or a text is too long or has control characters
     */
    public Content {
        if (length != null && length < 0) {
            throw new IllegalArgumentException("length of a content must not be negative, was " + length);
        }
        check("media type", mediaType);
        if (fileName != null) {
            check("file name", fileName);
        }
    }

    private static void check(String what, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " of a content must have 1.." + MAX_TEXT
                    + " characters and no control characters, had " + text.length());
        }
    }

    /**
     * {@return bytes of unknown length and kind}
     *
     * @param stream the bytes
     */
    public static Content of(InputStream stream) {
        return new Content(stream, null, BYTES, null);
    }

    /**
     * {@return bytes that are in memory}
     *
     * @param bytes the bytes, not copied
     */
    public static Content of(byte[] bytes) {
        return new Content(new ByteArrayInputStream(bytes), (long) bytes.length, BYTES, null);
    }

    /**
     * {@return the content as another kind}
     *
     * @param type a media type (RFC 9110, section 8.3.1): {@code image/png}
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    public Content as(String type) {
        return new Content(stream, length, type, fileName);
    }

    /**
     * {@return the content under a name}
     *
     * @param name a file's name
     * @throws IllegalArgumentException if it is blank, too long or has control characters
     */
    public Content named(String name) {
        return new Content(stream, length, mediaType, name);
    }

    /** Closes the stream, which tells the sender to stop. */
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
