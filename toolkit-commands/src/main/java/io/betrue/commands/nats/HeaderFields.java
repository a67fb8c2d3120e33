package io.betrue.commands.nats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Headers of calls and replies as header fields of NATS (ADR-4), whose values are printable ASCII: any other value is written under the name and an asterisk, as RFC 8187
 * has it. Names that the wire needs for itself do not pass.
 */
final class HeaderFields {
    private static final String CHARSET = "UTF-8''";
    private static final String UNRESERVED = "-._~";
    private static final int HEX = 16;

    private HeaderFields() {}

    static void write(io.betrue.commands.Headers from, io.nats.client.impl.Headers to) {
        from.toMap().forEach((name, value) -> {
            if (!isReserved(name)) {
                put(name, value, to);
            }
        });
    }

    /** Writes one field, also of a name that is reserved. */
    static void put(String name, String value, io.nats.client.impl.Headers to) {
        if (isPlain(value) && !name.endsWith("*")) {
            to.put(name, value);
        } else {
            to.put(name + "*", CHARSET + percent(value));
        }
    }

    /**
     * Reads those fields whose names, in lower case, are wanted.
     *
     * @throws IllegalArgumentException if there are too many, or one is malformed
     */
    static io.betrue.commands.Headers read(io.nats.client.impl.Headers from, Predicate<String> wanted) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String field : from.keySet()) {
            String name = field.toLowerCase(Locale.ROOT);
            boolean encoded = name.endsWith("*");
            if (encoded) {
                name = name.substring(0, name.length() - 1);
            }
            if (wanted.test(name)) {
                String value = from.getLast(field);
                found.put(name, encoded ? decode(value) : value);
            }
        }
        return io.betrue.commands.Headers.of(found);
    }

    /** {@return whether the name, in lower case, is none that calls and replies can use} */
    static boolean isReserved(String name) {
        return name.startsWith("command-")
                || name.startsWith("nats-")
                || name.equals("timeout-ms")
                || name.equals("content-type");
    }

    /** Blanks at an end would not survive. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !value.isEmpty() && value.charAt(0) != ' ' && value.charAt(value.length() - 1) != ' ';
    }

    private static String percent(String value) {
        StringBuilder text = new StringBuilder(value.length() * 2);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || UNRESERVED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c / HEX, HEX)))
                        .append(Character.toUpperCase(Character.forDigit(c % HEX, HEX)));
            }
        }
        return text.toString();
    }

    private static String decode(String text) {
        if (!text.startsWith(CHARSET)) {
            throw new IllegalArgumentException("a header field with an asterisk must begin with " + CHARSET);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = CHARSET.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), HEX);
            if (low < 0) {
                throw new IllegalArgumentException("a header field has a percent sign without two hexadecimal digits");
            }
            bytes.write(high * HEX + low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
