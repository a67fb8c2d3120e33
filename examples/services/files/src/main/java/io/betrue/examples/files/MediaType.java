package io.betrue.examples.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What files can be, and how their first bytes tell. */
public enum MediaType {
    /** PNG (ISO/IEC 15948, section 5.2). */
    PNG("image/png", "", "png"),

    /** JPEG (ITU-T T.81, annex B). */
    JPEG("image/jpeg", "image/jpg image/pjpeg", "jpg jpeg"),

    /** GIF 87a and 89a. */
    GIF("image/gif", "", "gif"),

    /** WebP (RFC 9649). */
    WEBP("image/webp", "", "webp"),

    /** PDF (ISO 32000-1, section 7.5.2), from the first byte on. */
    PDF("application/pdf", "application/x-pdf", "pdf"),

    /** ZIP archives, and what else is made of one. */
    ZIP("application/zip", "application/x-zip-compressed application/x-zip", "zip"),

    /** Text in UTF-8 without control characters but tabs and ends of lines or pages; held to it from the first byte to the last. */
    TEXT("text/plain", "text/csv text/markdown text/tab-separated-values", "txt text md csv tsv log");

    /** How many bytes {@link #of} looks at. */
    static final int HEAD = 16;

    private final String text;
    private final String alsoKnownAs;
    private final String extensions;

    MediaType(String text, String alsoKnownAs, String extensions) {
        this.text = text;
        this.alsoKnownAs = alsoKnownAs;
        this.extensions = extensions;
    }

    /** {@return how it is written, without parameters: {@code image/png}} */
    public String text() {
        return text;
    }

    /** {@return what a browser is told: it would have to guess the charset of a text} */
    String header() {
        return this == TEXT ? text + "; charset=utf-8" : text;
    }

    /** {@return how names of such files end, without the dot; the first is given to names that end otherwise} */
    List<String> extensions() {
        return words(extensions);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    /** {@return the type that somebody speaks of; empty if it is none of these, or a text that is said not to be UTF-8} */
    static Optional<MediaType> named(String claim) {
        String[] parts = claim.toLowerCase(Locale.ROOT).split(";", -1);
        String name = parts[0].strip();
        for (MediaType type : values()) {
            if (type.text.equals(name)
                    || (!name.isEmpty() && words(type.alsoKnownAs).contains(name))) {
                return type == TEXT && !isUtf8(parts) ? Optional.empty() : Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static boolean isUtf8(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            if (parameter.startsWith("charset=")
                    && !List.of("charset=utf-8", "charset=us-ascii").contains(parameter)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return what bytes are that begin so; {@link #TEXT} is what they could be if they are nothing else}
     *
     * @param head the first {@link #HEAD} bytes, or all if there are less
     */
    static MediaType of(byte[] head) {
        if (has(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (has(head, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (has(head, 0, "GIF87a") || has(head, 0, "GIF89a")) {
            return GIF;
        }
        if (has(head, 0, "RIFF") && has(head, 8, "WEBP")) {
            return WEBP;
        }
        if (has(head, 0, "%PDF-")) {
            return PDF;
        }
        if (has(head, 0, "PK\u0003\u0004") || has(head, 0, "PK\u0005\u0006")) { // the second is an empty archive
            return ZIP;
        }
        return TEXT;
    }

    private static boolean has(byte[] head, int offset, String signature) {
        byte[] bytes = signature.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < offset + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[offset + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the type of a row} */
    static MediaType ofText(@Nullable String text) {
        for (MediaType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("files of the type " + text + " are none that this service keeps");
    }
}
