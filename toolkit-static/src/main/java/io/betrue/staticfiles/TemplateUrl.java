package io.betrue.staticfiles;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes and judges URLs (RFC 3986, and how browsers read them: WHATWG URL). */
final class TemplateUrl {
    /** Kept in a URL: the reserved and unreserved characters, without the quotes and brackets that would end it in CSS. */
    private static final String KEPT = "-._~:/?#[]@!$&*+,;=";

    private static final String KEPT_IN_PART = "-._~!*";
    private static final Set<String> CODE = Set.of("javascript", "vbscript", "livescript", "mocha");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TemplateUrl() {}

    /** Percent-encodes what cannot stand in a URL. */
    static String encoded(String text) {
        return encoded(text, KEPT, true);
    }

    /** Percent-encodes all that could mean something in a URL. */
    static String encodedPart(String text) {
        return encoded(text, KEPT_IN_PART, false);
    }

    private static String encoded(String text, String kept, boolean keepsEncoded) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (TemplateChars.isLetterOrDigit(c) || kept.indexOf(c) >= 0 || (keepsEncoded && isEncoded(text, i))) {
                out.append(c);
            } else if (TemplateEscape.isHalf(text, i)) {
                out.append("%EF%BF%BD");
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
        return out.toString();
    }

    private static boolean isEncoded(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && TemplateChars.isHex(text.charAt(at + 1))
                && TemplateChars.isHex(text.charAt(at + 2));
    }

    /**
     * Says why a browser must not be given this URL.
     *
     * @param pictures whether it is only ever shown as a picture, where an SVG runs no script
     * @return the reason, or {@code null} if it can be
     */
    static @Nullable String refusal(String url, boolean pictures) {
        String scheme = scheme(url);
        if (CODE.contains(scheme)) {
            return "URL \"" + shown(url) + "\" would run as code; use a path, http or https";
        }
        if (!scheme.equals("data")) {
            return null;
        }
        String rest = compact(url).substring("data:".length()).toLowerCase(Locale.ROOT);
        boolean picture = rest.startsWith("image/") && (pictures || !rest.startsWith("image/svg"));
        return picture
                ? null
                : "URL \"" + shown(url) + "\" holds its own content; only pictures can stand in a data URL";
    }

    /** {@return the scheme in lower case as a browser sees it, or an empty string} */
    static String scheme(String url) {
        String compact = compact(url);
        for (int i = 0; i < compact.length(); i++) {
            char c = compact.charAt(i);
            if (c == ':') {
                return compact.substring(0, i).toLowerCase(Locale.ROOT);
            }
            if (!TemplateChars.isLetterOrDigit(c) && "+-.".indexOf(c) < 0) {
                return "";
            }
        }
        return "";
    }

    /** Leaves out what browsers leave out: controls and spaces at the start, tabs and line breaks anywhere. */
    private static String compact(String url) {
        int start = 0;
        while (start < url.length() && url.charAt(start) <= ' ') {
            start++;
        }
        return url.substring(start).replace("\t", "").replace("\n", "").replace("\r", "");
    }

    /**
     * Resolves {@code .}, {@code ..} and slashes of a path below a mount.
     *
     * @return the path without a slash at its start, or {@code null} if it leaves the mount
     */
    static @Nullable String below(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String relative = path.startsWith("/") ? path.substring(1) : path;
        for (String segment : relative.split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    return null;
                }
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    /** {@return a value short enough for a message, in one line} */
    static String shown(String value) {
        String head = value.length() <= 60 ? value : value.substring(0, 60) + "…";
        return CONTROL.matcher(head).replaceAll("\ufffd");
    }
}
