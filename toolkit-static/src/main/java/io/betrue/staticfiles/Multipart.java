package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several stretches of one body as {@code multipart/byteranges} (RFC 9110, 14.6). */
final class Multipart {
    /** Unknown before this process started, so that no file contains it. */
    private static final String BOUNDARY = boundary();

    static final String CONTENT_TYPE = "multipart/byteranges; boundary=" + BOUNDARY;

    private final List<Reply.Part> parts = new ArrayList<>();
    private long length;

    Multipart(Body body, @Nullable String contentType, List<ByteRanges.Stretch> stretches) {
        String type = contentType == null ? "" : "Content-Type: " + contentType + "\r\n";
        String lineEnd = "";
        for (ByteRanges.Stretch stretch : stretches) {
            add(lineEnd + "--" + BOUNDARY + "\r\n" + type + "Content-Range: " + contentRange(stretch, body.length())
                    + "\r\n\r\n");
            parts.add(Reply.Part.of(body, stretch.first(), stretch.length()));
            length += stretch.length();
            lineEnd = "\r\n";
        }
        add("\r\n--" + BOUNDARY + "--\r\n");
    }

    List<Reply.Part> parts() {
        return parts;
    }

    /** {@return the length of all parts in bytes} */
    long length() {
        return length;
    }

    static String contentRange(ByteRanges.Stretch stretch, long length) {
        return "bytes " + stretch.first() + "-" + stretch.last() + "/" + length;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        parts.add(new Reply.Memory(ByteBuffer.wrap(bytes)));
        length += bytes.length;
    }

    private static String boundary() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
