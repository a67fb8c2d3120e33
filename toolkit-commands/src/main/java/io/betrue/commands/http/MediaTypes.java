package io.betrue.commands.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Content-Type (RFC 9110, section 8.3). */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String FORM = "multipart/form-data";

    private MediaTypes() {}

    /** The name without parameters in lower case; empty if there is none. */
    static String name(@Nullable String header) {
        if (header == null) {
            return "";
        }
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static boolean isJson(@Nullable String header) {
        String name = name(header);
        return name.equals(JSON) || (name.startsWith("application/") && name.endsWith("+json"));
    }

    /** Whether a text of the type is in UTF-8, which JSON always is (RFC 8259, section 8.1). */
    static boolean isUtf8(@Nullable String header) {
        if (header == null || header.indexOf(';') < 0) {
            return true;
        }
        for (String parameter : header.substring(header.indexOf(';') + 1).split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
                String charset = parameter.substring(equals + 1).strip().replace("\"", "");
                return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("us-ascii");
            }
        }
        return true;
    }
}
