package io.betrue.schema;

import java.text.Normalizer;

/** Mailboxes of RFC 5321 section 4.1.2, and of RFC 6531 with characters of all scripts. Any host will do: {@code bob@localhost} is a mailbox. */
final class Emails {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final String SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private Emails() {}

    static boolean isEmail(String text, boolean international) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LONGEST || at > LONGEST_LOCAL) {
            return false;
        }
        boolean quoted = text.charAt(0) == '"';
        boolean local = quoted ? isQuoted(text, at, international) : isDotted(text, at, international);
        return local && isHost(text.substring(at + 1), international);
    }

    private static boolean isDotted(String text, int end, boolean international) {
        char last = '.';
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean symbol = Ascii.isLetterOrDigit(c) || SYMBOLS.indexOf(c) >= 0 || (international && c >= 128);
            if (!symbol && (c != '.' || last == '.')) {
                return false;
            }
            last = c;
        }
        return last != '.';
    }

    private static boolean isQuoted(String text, int end, boolean international) {
        if (end < 2 || text.charAt(end - 1) != '"') {
            return false;
        }
        for (int i = 1; i < end - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                c = i < end - 1 ? text.charAt(i) : 0;
            } else if (c == '"') {
                return false;
            }
            if (c < ' ' || c == 127 || (c > 127 && !international)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHost(String host, boolean international) {
        if (host.startsWith("[") && host.endsWith("]")) {
            String address = host.substring(1, host.length() - 1);
            boolean six = address.regionMatches(true, 0, "IPv6:", 0, 5);
            return six ? IpAddresses.isV6(address.substring(5)) : IpAddresses.isV4(address);
        }
        return international
                ? Hostnames.isIdnHostname(Normalizer.normalize(host, Normalizer.Form.NFC))
                : Hostnames.isHostname(host);
    }
}
