package io.betrue.commands.http;

import java.nio.charset.StandardCharsets;

/** JSON as the value of a header: one line of ASCII, other characters as escapes, which they can be wherever they stand in JSON. */
final class AsciiJson {
    private AsciiJson() {}

    static String of(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                ascii.append(' '); // between tokens; inside a text it would be no JSON
            } else if (c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }

    static byte[] bytes(String header) {
        return header.getBytes(StandardCharsets.UTF_8);
    }
}
