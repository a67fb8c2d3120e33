package io.betrue.schema;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type (RFC 9110, section 8.3.1).
 *
 * @param name type and subtype in lower case: {@code application/json}
 * @param parameters its parameters, names in lower case
 */
record MediaType(String name, Map<String, String> parameters) {
    private static final int LONGEST = 500;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern NAME = Pattern.compile(TOKEN + "/" + TOKEN);
    private static final Pattern PARAMETER =
            Pattern.compile("[ \\t]*;[ \\t]*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"([^\"\\\\]*)\"))?");

    /** The media type that a header's value stands for; null if it is none. */
    static @Nullable MediaType parse(String header) {
        String text = header.strip();
        Matcher name = NAME.matcher(text);
        if (text.length() > LONGEST || !name.lookingAt()) {
            return null;
        }
        String lower = name.group().toLowerCase(Locale.ROOT);
        if (name.end() == text.length()) {
            return new MediaType(lower, Map.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text).region(name.end(), text.length());
        int end = name.end();
        while (end < text.length() && parameter.lookingAt()) {
            if (parameter.group(1) != null) {
                String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                    return null; // two charsets: nobody knows which one counts
                }
            }
            end = parameter.end();
            parameter.region(end, text.length());
        }
        return end == text.length() ? new MediaType(lower, parameters) : null;
    }

    /** The name of a media type that a programmer wrote. */
    static String check(String name) {
        if (!NAME.matcher(name).matches() || name.contains("*")) {
            throw new IllegalArgumentException(
                    "media type must look like application/json, without parameters: \"" + name + "\"");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a text of this type is in UTF-8: it says so, or says nothing. */
    boolean isUtf8() {
        String charset = parameters.get("charset");
        return charset == null || charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }
}
