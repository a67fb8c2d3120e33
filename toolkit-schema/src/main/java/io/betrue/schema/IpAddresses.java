package io.betrue.schema;

/** Internet addresses: RFC 2673 section 3.2 and RFC 4291 section 2.2. */
final class IpAddresses {
    private IpAddresses() {}

    static boolean isV4(String text) {
        return isV4(text, 0);
    }

    private static boolean isV4(String text, int from) {
        int at = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (at >= text.length() || text.charAt(at) != '.') {
                    return false;
                }
                at++;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at < start + 3 && Ascii.isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at) - '0';
                at++;
            }
            boolean leadingZero = at > start + 1 && text.charAt(start) == '0';
            if (at == start || value > 255 || leadingZero) {
                return false;
            }
        }
        return at == text.length();
    }

    static boolean isV6(String text) {
        int groups = 0;
        boolean gap = text.startsWith("::");
        int at = gap ? 2 : 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && Ascii.isHex(text.charAt(at))) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                return isV4(text, start) && (gap ? groups < 6 : groups == 6);
            }
            groups++;
            if (at == start || at > start + 4 || groups > 8) {
                return false;
            }
            if (at == text.length()) {
                break;
            }
            boolean two = text.startsWith("::", at);
            if (text.charAt(at) != ':' || (two && gap) || (!two && at + 1 == text.length())) {
                return false;
            }
            gap |= two;
            at += two ? 2 : 1;
        }
        return gap ? groups < 8 : groups == 8;
    }
}
