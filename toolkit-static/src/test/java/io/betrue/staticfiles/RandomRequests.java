package io.betrue.staticfiles;

import java.util.List;
import java.util.Random;

/** Requests as nobody sends them: targets and header values put together from pieces that mean something and bytes that do not. */
final class RandomRequests {
    private static final String[] METHODS = {
        "GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "get", "TRACE"
    };
    private static final String[] PIECES = {
        "/",
        "/",
        "/",
        "//",
        "a.txt",
        "dir",
        "foo",
        "bar",
        "index.html",
        "big.txt",
        "b%20c.txt",
        ".well-known",
        ".git",
        "config",
        "secret.txt",
        "static2",
        "up",
        "link.txt",
        "..",
        ".",
        "%2e",
        "%2E%2e",
        "%2f",
        "%2F",
        "%5c",
        "\\",
        ";",
        ";x=1",
        "%3b",
        "%",
        "%%",
        "%0",
        "%zz",
        "%00",
        "%0a",
        "%25",
        "%252e",
        "%c0%ae",
        "%c0%af",
        "%ff",
        "%ed%a0%80",
        "%D0%BF",
        "%u002e",
        "?",
        "#",
        "&",
        "=",
        "*",
        ":",
        "@",
        "http://",
        "here",
        "[",
        "]",
        "~"
    };
    private static final String[] FIELDS = {
        "Range",
        "Range",
        "If-Range",
        "If-None-Match",
        "If-Match",
        "If-Modified-Since",
        "If-Unmodified-Since",
        "Accept-Encoding",
        "Accept-Encoding",
        "Accept",
        "Accept",
        "Host",
        "Accept-Language",
        "Cookie",
        "Origin",
        "Referer",
        "Cache-Control",
        "X-HTTP-Method-Override",
        "Forwarded",
        "X-Odd"
    };
    private static final String[] VALUES = {
        "bytes",
        "=",
        "-",
        ",",
        " ",
        "0",
        "1",
        "999",
        "1000",
        "1001",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999",
        "bytes=",
        "bytes=0-0",
        "bytes=-1",
        "bytes=5-",
        "bytes=1-2,4-5",
        "0-,0-,0-",
        "\"",
        "W/",
        "W/\"",
        "*",
        "\"*\"",
        "\"x\"",
        "gzip",
        "br",
        "identity",
        "q=",
        ";",
        ";q=0",
        ";q=1.001",
        ";q=0.5",
        "*;q=0",
        "text/html",
        "text/*",
        "*/*",
        "Sat, 21 Nov 2026 00:00:00 GMT",
        "Sat",
        "GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Fri, 32 Foo 99999 99:99:99 GMT",
        "here",
        "here:80",
        "here:99999",
        "[::1]",
        "..",
        "/",
        "%00",
        "\t",
        "\u00ff",
        "\u00c3\u00a9"
    };

    private static final String[] GOOD = {
        "/",
        "/a.txt",
        "/%61.txt",
        "/big.txt",
        "/dir",
        "/dir/",
        "/dir?x=%2e%2e",
        "//dir",
        "/foo/bar/index.html",
        "/b%20c.txt",
        "/.well-known/x"
    };

    private static final String[] RANGES = {
        "0-0",
        "-1",
        "5-",
        "-0",
        "7-3",
        "999-",
        "1000-",
        "0-99,200-299",
        "0-,0-,0-",
        "1-2,-3,40000-",
        "0-18446744073709551616"
    };

    private final Random random;
    private final List<String> hostile = HostileTargets.all();

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    /** {@return a request with one line per field, complete and without a body} */
    String next() {
        String target = target();
        StringBuilder request =
                new StringBuilder(pick(METHODS)).append(' ').append(target).append(" HTTP/1.1\r\n");
        boolean host = false;
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            String field = pick(FIELDS);
            if (field.equals("Host") && host) {
                continue;
            }
            host |= field.equals("Host");
            request.append(field)
                    .append(": ")
                    .append(field.startsWith("X-HTTP") ? pick(METHODS) : value(field))
                    .append("\r\n");
        }
        return request.append(host ? "" : "Host: here\r\n").append("\r\n").toString();
    }

    /** A target has no spaces and line ends: they would make it another request line, which is the server's own business. */
    private String target() {
        int kind = random.nextInt(20);
        StringBuilder target = new StringBuilder(kind == 0 ? "" : "/");
        if (kind >= 12) {
            return pick(GOOD);
        }
        if (kind == 1) {
            return pick(hostile.toArray(new String[0])).replaceAll("[ \t\r\n]", "+");
        }
        for (int pieces = 1 + random.nextInt(kind == 2 ? 60 : 6); pieces > 0; pieces--) {
            if (random.nextInt(40) == 0) {
                char c = (char) random.nextInt(256);
                target.append(c == ' ' || c == '\t' || c == '\r' || c == '\n' ? '+' : c);
            } else {
                target.append(pick(PIECES));
            }
        }
        return target.toString();
    }

    private String value(String field) {
        if (random.nextBoolean() && field.equals("Range")) {
            return "bytes=" + pick(RANGES);
        }
        if (random.nextInt(4) == 0 && field.startsWith("If-")) {
            return "*";
        }
        StringBuilder value = new StringBuilder();
        for (int pieces = random.nextBoolean() ? 1 : random.nextInt(6); pieces > 0; pieces--) {
            if (random.nextInt(20) == 0) {
                char c = (char) random.nextInt(256);
                value.append(c == '\r' || c == '\n' ? '+' : c);
            } else {
                value.append(pick(VALUES));
            }
        }
        return value.toString();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
