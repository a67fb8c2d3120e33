package io.betrue.staticfiles;

import java.util.regex.Pattern;

/** What a path below a root may look like. */
final class FilePaths {
    private static final String WELL_KNOWN = ".well-known";
    private static final Pattern HIDDEN_SEGMENT = Pattern.compile("(^|/)\\.");

    private FilePaths() {}

    /** {@return whether it is a relative path that means the same everywhere: no empty segment, no {@code .} or {@code ..}, names that are text} */
    static boolean isPlain(String path) {
        for (String segment : path.split("/", -1)) {
            if (!isPlainName(segment)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a name is text that a URL can carry: neither empty nor dots, no slash, backslash, control or broken character} */
    static boolean isPlainName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.codePoints().allMatch(FilePaths::isPlainCharacter);
    }

    private static boolean isPlainCharacter(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        // the JDK shows bytes of a name that are no characters as U+FFFD
        return !surrogate && c != '/' && c != '\\' && c != 0xFFFD && !Character.isISOControl(c);
    }

    /** {@return whether a segment starts with a dot; {@code .well-known} of the root does not count (RFC 8615)} */
    static boolean isHidden(String path) {
        boolean wellKnown = path.equals(WELL_KNOWN) || path.startsWith(WELL_KNOWN + "/");
        return HIDDEN_SEGMENT
                .matcher(wellKnown ? path.substring(WELL_KNOWN.length()) : path)
                .find();
    }
}
