package io.betrue.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The types of addresses. */
final class NetTypes {
    static final ValueType<URI> URL = ValueType.builtIn("url", "https://example.com", BuiltIn.URL);

    static final ValueType<URI> ABSOLUTE_URI = ValueType.builtIn("uri", "https://example.com/a", BuiltIn.ABSOLUTE_URI);

    static final ValueType<Integer> PORT = ValueType.builtIn("port", "8080", BuiltIn.PORT);

    static final ValueType<Integer> LISTEN_PORT = ValueType.builtIn("listen port", "8080", BuiltIn.LISTEN_PORT);

    static final ValueType<HostPort> HOST_PORT = ValueType.builtIn("host:port", "example.com:8080", BuiltIn.HOST_PORT);

    static final ValueType<String> EMAIL = ValueType.builtIn("e-mail", "ann@example.com", BuiltIn.EMAIL);

    private static final int MAX_EMAIL_LENGTH = 254; // RFC 5321, 4.5.3.1.3, less the angle brackets

    private NetTypes() {}

    static URI url(String text) {
        boolean http = text.startsWith("http://")
                || text.startsWith("https://")
                || text.regionMatches(true, 0, "http://", 0, 7)
                || text.regionMatches(true, 0, "https://", 0, 8);
        if (!http) {
            throw new Refusal("must start with http:// or https://");
        }
        int end = text.length();
        if (text.indexOf('?') < 0 && text.indexOf('#') < 0) {
            while (text.charAt(end - 1) == '/') {
                end--;
            }
        }
        URI uri = parse(text.substring(0, end));
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw new Refusal("is not an address with a valid host and port");
        }
        return uri;
    }

    static URI absolute(String text) {
        URI uri = parse(text);
        if (!uri.isAbsolute()) {
            throw new Refusal("is not an absolute URI: it has no scheme");
        }
        return uri;
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Refusal(
                    "is not a URI: " + e.getReason() + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)));
        }
    }

    static HostPort hostPort(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || bare.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@' || c == '[' || c == ']')) {
            throw new Refusal("is not of the form host:port");
        }
        if (!bracketed && bare.indexOf(':') >= 0) {
            throw new Refusal("is not of the form host:port: put an IPv6 address in brackets");
        }
        return new HostPort(bare, (int) NumberTypes.whole(text.substring(colon + 1), 1, 65_535));
    }

    static String email(String text) {
        if (text.length() > MAX_EMAIL_LENGTH
                || !EmailPattern.PATTERN.matcher(text).matches()) {
            throw new Refusal("is not an e-mail address");
        }
        return text;
    }

    /** Compiled on first use only. */
    private static final class EmailPattern {
        // The part before the @ as HTML's e-mail field takes it; a domain of two labels or more.
        static final Pattern PATTERN = Pattern.compile(
                "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                        + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");
    }
}
