package io.betrue.schema;

import io.betrue.errors.StandardError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code a=1&b=2}, as queries and forms have it (WHATWG URL, section 5.1), strictly: what is not percent-encoded UTF-8 is refused. */
final class FormText {
    private static final int MOST_FIELDS = 1000;

    private FormText() {}

    static Map<String, List<String>> parse(byte[] body) throws Refusal {
        String text = StrictJson.utf8(body);
        if (text == null) {
            throw malformed();
        }
        return parse(text);
    }

    /** The values of each name, in their order. */
    static Map<String, List<String>> parse(String text) throws Refusal {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('&', from);
            end = end < 0 ? text.length() : end;
            if (end > from) {
                if (++count > MOST_FIELDS) {
                    throw new Refusal(StandardError.BAD_REQUEST
                            .problem()
                            .detail("There are more than {fields} fields.", MOST_FIELDS));
                }
                int equals = text.indexOf('=', from);
                int middle = equals < 0 || equals > end ? end : equals;
                String value = middle == end ? "" : decode(text.substring(middle + 1, end));
                fields.computeIfAbsent(decode(text.substring(from, middle)), name -> new ArrayList<>(1))
                        .add(value);
            }
            from = end + 1;
        }
        return fields;
    }

    private static String decode(String text) throws Refusal {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != '%' && c != '+' && c < 0x80;
        }
        if (plain) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '+') {
                bytes.put((byte) ' ');
            } else if (raw[i] == '%') {
                bytes.put((byte) (digit(raw, i + 1) << 4 | digit(raw, i + 2)));
                i += 2;
            } else {
                bytes.put(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int digit(byte[] raw, int at) throws Refusal {
        int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static Refusal malformed() {
        return new Refusal(
                StandardError.BAD_REQUEST.problem().detail("A query or form must be percent-encoded UTF-8."));
    }
}
