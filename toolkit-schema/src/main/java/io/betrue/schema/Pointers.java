package io.betrue.schema;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers, RFC 6901. */
final class Pointers {
    private Pointers() {}

    /** {@return the pointer of a member} */
    static String child(String pointer, String name) {
        boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
        return pointer + '/' + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
    }

    /** {@return the pointer of an item} */
    static String child(String pointer, int index) {
        return pointer + '/' + index;
    }

    /** {@return the names that a pointer is made of} */
    static List<String> names(String pointer) {
        List<String> names = new ArrayList<>();
        int from = 1;
        while (from <= pointer.length()) {
            int to = pointer.indexOf('/', from);
            to = to < 0 ? pointer.length() : to;
            names.add(pointer.substring(from, to).replace("~1", "/").replace("~0", "~"));
            from = to + 1;
        }
        return names;
    }

    /** {@return whether a text is a JSON pointer} */
    static boolean isPointer(String text) {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            return false;
        }
        for (int tilde = text.indexOf('~'); tilde >= 0; tilde = text.indexOf('~', tilde + 1)) {
            char next = tilde + 1 < text.length() ? text.charAt(tilde + 1) : ' ';
            if (next != '0' && next != '1') {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a text is a relative JSON pointer, of draft-handrews-relative-json-pointer-01} */
    static boolean isRelative(String text) {
        int at = 0;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        boolean number = at == 1 || (at > 1 && text.charAt(0) != '0');
        String rest = text.substring(at);
        return number && (rest.equals("#") || isPointer(rest));
    }
}
