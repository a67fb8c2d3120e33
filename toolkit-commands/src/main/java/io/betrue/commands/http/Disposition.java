package io.betrue.commands.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Content-Disposition (RFC 6266), with names that are not ASCII as RFC 8187 writes them. */
final class Disposition {
    private static final String PLAIN = "!#$&+-.^_`|~";
    private static final int MAX_NAME = 255;
    private static final Pattern EXTENDED =
            Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]{1,2000})");
    private static final Pattern QUOTED =
            Pattern.compile("(?i);\\s*filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.){1,2000})\"");
    private static final Pattern TOKEN = Pattern.compile("(?i);\\s*filename\\s*=\\s*([^\";\\s]{1,2000})");

    private Disposition() {}

    /** To be saved under a name. */
    static String attachment(String fileName) {
        StringBuilder ascii = new StringBuilder();
        StringBuilder extended = new StringBuilder();
        fileName.codePoints().forEach(c -> {
            boolean harmless = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%' && c != '/';
            ascii.append(harmless ? (char) c : '_');
        });
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (plain || PLAIN.indexOf(c) >= 0) {
                extended.append(c);
            } else {
                extended.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        String quoted = "attachment; filename=\"" + ascii + "\"";
        return ascii.toString().equals(fileName) ? quoted : quoted + "; filename*=UTF-8''" + extended;
    }

    /** The name that a sender gave; null if there is none that can be used. */
    static @Nullable String fileName(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher extended = EXTENDED.matcher(header);
        if (extended.find()) {
            return usable(percentDecoded(extended.group(1)));
        }
        Matcher quoted = QUOTED.matcher(header);
        if (quoted.find()) {
            return usable(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher token = TOKEN.matcher(header);
        return token.find() ? usable(token.group(1)) : null;
    }

    /** A name as contents can have it: of at most 255 characters, none of them for control. */
    static @Nullable String usable(@Nullable String name) {
        if (name == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder();
        name.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
        String text = clean.toString().strip();
        return text.isEmpty() || text.length() > MAX_NAME ? null : text;
    }

    private static String percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
