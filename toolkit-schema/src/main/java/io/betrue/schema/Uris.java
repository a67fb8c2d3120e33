package io.betrue.schema;

/** URIs of RFC 3986, appendix A, and IRIs of RFC 3987, section 2.2. */
final class Uris {
    private static final String UNRESERVED = "-._~";
    private static final String DELIMITERS = "!$&'()*+,;=";

    private final String text;
    private final boolean international;

    private Uris(String text, boolean international) {
        this.text = text;
        this.international = international;
    }

    static boolean isUri(String text, boolean international) {
        int scheme = scheme(text);
        return scheme > 0 && new Uris(text, international).rest(scheme + 1, true);
    }

    static boolean isReference(String text, boolean international) {
        int scheme = scheme(text);
        return new Uris(text, international).rest(scheme > 0 ? scheme + 1 : 0, scheme > 0);
    }

    /** {@return the place of the colon behind the scheme, or -1 if there is none} */
    private static int scheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean more = i > 0 && (Ascii.isDigit(c) || c == '+' || c == '-' || c == '.');
            if (!Ascii.isLetter(c) && !more) {
                return -1;
            }
        }
        return -1;
    }

    private boolean rest(int from, boolean absolute) {
        int fragment = text.indexOf('#', from);
        int end = fragment < 0 ? text.length() : fragment;
        int query = text.indexOf('?', from);
        int pathEnd = query < 0 || query > end ? end : query;
        int at = from;
        if (text.startsWith("//", from) && pathEnd >= from + 2) {
            int slash = text.indexOf('/', from + 2);
            at = slash < 0 || slash > pathEnd ? pathEnd : slash;
            if (!authority(from + 2, at)) {
                return false;
            }
        } else if (!absolute && colonInFirstSegment(from, pathEnd)) {
            return false;
        }
        return all(at, pathEnd, ":@/", false)
                && (pathEnd == end || all(pathEnd + 1, end, ":@/?", true))
                && (fragment < 0 || all(fragment + 1, text.length(), ":@/?", false));
    }

    private boolean colonInFirstSegment(int from, int end) {
        int colon = text.indexOf(':', from);
        int slash = text.indexOf('/', from);
        return colon >= 0 && colon < end && (slash < 0 || colon < slash);
    }

    private boolean authority(int from, int end) {
        int at = text.lastIndexOf('@', end - 1);
        int host = from;
        if (at >= from) {
            if (!all(from, at, ":", false)) {
                return false;
            }
            host = at + 1;
        }
        int hostEnd = end;
        if (host < end && text.charAt(host) == '[') {
            int close = text.indexOf(']', host);
            if (close < 0 || close >= end || !literal(text.substring(host + 1, close))) {
                return false;
            }
            return close + 1 == end || (text.charAt(close + 1) == ':' && digits(close + 2, end));
        }
        int colon = text.indexOf(':', host);
        if (colon >= 0 && colon < end) {
            hostEnd = colon;
            if (!digits(colon + 1, end)) {
                return false;
            }
        }
        return all(host, hostEnd, "", false);
    }

    private static boolean literal(String address) {
        if (address.isEmpty() || (address.charAt(0) | 0x20) != 'v') {
            return IpAddresses.isV6(address);
        }
        int dot = address.indexOf('.');
        boolean version = dot > 1 && address.substring(1, dot).chars().allMatch(Ascii::isHex);
        return version
                && dot + 1 < address.length()
                && address.substring(dot + 1)
                        .chars()
                        .allMatch(c -> Ascii.isLetterOrDigit(c) || (UNRESERVED + DELIMITERS + ":").indexOf(c) >= 0);
    }

    private boolean digits(int from, int end) {
        for (int i = from; i < end; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean all(int from, int end, String besides, boolean inQuery) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (Ascii.isLetterOrDigit(c)
                    || UNRESERVED.indexOf(c) >= 0
                    || DELIMITERS.indexOf(c) >= 0
                    || besides.indexOf(c) >= 0) {
                continue;
            }
            if (c == '%') {
                if (i + 2 >= end || !Ascii.isHex(text.charAt(i + 1)) || !Ascii.isHex(text.charAt(i + 2))) {
                    return false;
                }
                i += 2;
                continue;
            }
            int character = text.codePointAt(i);
            if (!international || !isInternational(character, inQuery)) {
                return false;
            }
            i += Character.charCount(character) - 1;
        }
        return true;
    }

    static boolean isInternational(int c, boolean inQuery) {
        if (c < 0xA0) {
            return false;
        }
        boolean hidden = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        boolean nothing = (c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xFFF0 && c <= 0xFFFF) || (c & 0xFFFE) == 0xFFFE;
        return !surrogate && !nothing && (!hidden || inQuery);
    }
}
