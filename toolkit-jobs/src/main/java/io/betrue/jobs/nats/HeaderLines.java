package io.betrue.jobs.nats;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;

/** Header fields as JetStream's interface shows them: lines after a version. */
final class HeaderLines {
    private HeaderLines() {}

    static Headers read(byte[] lines) {
        Headers headers = new Headers();
        String[] all = new String(lines, StandardCharsets.US_ASCII).split("\r\n", -1);
        for (int i = 1; i < all.length; i++) {
            int colon = all[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        all[i].substring(0, colon), all[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** {@return text with whatever cannot stand in a header field as {@code %} and four digits} */
    static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text, i)) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    private static String escapeFrom(String text, int first) {
        StringBuilder escaped = new StringBuilder(text.length() + 20).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(text, i)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    /** Blanks at an end would not survive. */
    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        return (c > ' ' && c < 0x7f && c != '%') || (c == ' ' && i > 0 && i < text.length() - 1);
    }

    static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && i + 4 < text.length()) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
