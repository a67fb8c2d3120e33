package io.betrue.staticfiles;

import java.util.Locale;

/**
 * What a client accepts (RFC 9110, 12.5.3): a weight from 0 to 1000 for each coding. Members that are malformed do not count.
 *
 * @param identity the weight of no coding; {@link #UNSAID} where the client did not speak of it
 */
record AcceptEncoding(int identity, int gzip, int br, int zstd) {
    /** Less than any weight a client can give, and yet acceptable. */
    static final int UNSAID = -1;

    private static final int WHOLE = 1000;
    private static final int ABSENT = -2;

    static AcceptEncoding parse(String value) {
        // identity, gzip, br, zstd, *
        int[] weights = {ABSENT, ABSENT, ABSENT, ABSENT, ABSENT};
        for (int at = 0; at <= value.length(); ) {
            int comma = value.indexOf(',', at);
            int end = comma < 0 ? value.length() : comma;
            member(value.substring(at, end), weights);
            at = end + 1;
        }
        int any = weights[4];
        return new AcceptEncoding(
                weights[0] != ABSENT ? weights[0] : any != ABSENT ? any : UNSAID,
                weight(weights[1], any),
                weight(weights[2], any),
                weight(weights[3], any));
    }

    /** {@return the weight of a coding; 0 if it is not acceptable} */
    int of(String coding) {
        return switch (coding) {
            case "gzip" -> gzip;
            case "br" -> br;
            case "zstd" -> zstd;
            default -> 0;
        };
    }

    private static int weight(int own, int any) {
        return own != ABSENT ? own : Math.max(any, 0);
    }

    private static void member(String member, int[] weights) {
        int semicolon = member.indexOf(';');
        String name = (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
        int weight =
                semicolon < 0 ? WHOLE : weight(member.substring(semicolon + 1).strip());
        int index = switch (name.toLowerCase(Locale.ROOT)) {
            case "identity" -> 0;
            case "gzip", "x-gzip" -> 1;
            case "br" -> 2;
            case "zstd" -> 3;
            case "*" -> 4;
            default -> -1;
        };
        if (index >= 0 && weight != ABSENT) {
            weights[index] = weight;
        }
    }

    /** Reads {@code q=0.5}: 0 or 1, and at most three digits. */
    private static int weight(String parameter) {
        int length = parameter.length();
        if (length < 3 || length > 7 || !parameter.regionMatches(true, 0, "q=", 0, 2)) {
            return ABSENT;
        }
        char whole = parameter.charAt(2);
        if (whole != '0' && whole != '1') {
            return ABSENT;
        }
        if (length > 3 && parameter.charAt(3) != '.') {
            return ABSENT;
        }
        int weight = whole - '0';
        for (int i = 4; i < 7; i++) {
            char digit = i < length ? parameter.charAt(i) : '0';
            if (digit < '0' || digit > '9') {
                return ABSENT;
            }
            weight = weight * 10 + digit - '0';
        }
        return weight <= WHOLE ? weight : ABSENT;
    }
}
