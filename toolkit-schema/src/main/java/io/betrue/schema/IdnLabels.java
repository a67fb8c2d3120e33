package io.betrue.schema;

import java.text.Normalizer;

/** Labels of host names with characters of all scripts: RFC 5891 section 4.2, RFC 5892 with its contextual rules, RFC 5893. */
final class IdnLabels {
    private static final String VALID_BESIDES = "\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007";
    private static final String FORBIDDEN_BESIDES = "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";
    private static final int VIRAMA_NON_JOINER = 0x200C;
    private static final int VIRAMA_JOINER = 0x200D;
    private static final String VIRAMAS =
            "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A"
                    + "\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA8C4\uA953\uA9C0\uAAF6\uABED";

    private IdnLabels() {}

    /** {@return whether this is a label with at least one character that is not ASCII} */
    static boolean isLabel(String label) {
        if (label.isEmpty() || label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2)) {
            return false;
        }
        int[] characters = label.codePoints().toArray();
        boolean ascii = true;
        for (int i = 0; i < characters.length; i++) {
            ascii &= characters[i] < 128;
            if (!isAllowed(characters, i)) {
                return false;
            }
        }
        return !ascii
                && !isMark(characters[0])
                && Normalizer.isNormalized(label, Normalizer.Form.NFKC)
                && directionsAgree(characters);
    }

    private static boolean isAllowed(int[] all, int at) {
        int c = all[at];
        if (c < 128) {
            return c == '-' || Ascii.isLetterOrDigit(c);
        }
        return switch (c) {
            case 0xB7 -> at > 0 && at + 1 < all.length && all[at - 1] == 'l' && all[at + 1] == 'l';
            case 0x375 -> at + 1 < all.length && script(all[at + 1]) == Character.UnicodeScript.GREEK;
            case 0x5F3, 0x5F4 -> at > 0 && script(all[at - 1]) == Character.UnicodeScript.HEBREW;
            case 0x30FB -> hasJapanese(all);
            case VIRAMA_NON_JOINER -> at > 0 && (isVirama(all[at - 1]) || joins(all, at));
            case VIRAMA_JOINER -> at > 0 && isVirama(all[at - 1]);
            default -> isPlain(c) && digitsAgree(all, c);
        };
    }

    private static boolean isPlain(int c) {
        if (VALID_BESIDES.indexOf(c) >= 0) {
            return true;
        }
        if (FORBIDDEN_BESIDES.indexOf(c) >= 0) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static Character.UnicodeScript script(int c) {
        return Character.UnicodeScript.of(c);
    }

    private static boolean hasJapanese(int[] all) {
        for (int c : all) {
            Character.UnicodeScript script = script(c);
            boolean japanese = script == Character.UnicodeScript.HIRAGANA
                    || script == Character.UnicodeScript.KATAKANA
                    || script == Character.UnicodeScript.HAN;
            if (japanese && c != 0x30FB) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVirama(int c) {
        return VIRAMAS.indexOf(c) >= 0;
    }

    /** {@return whether letters of a joining script stand around a non-joiner}; an approximation: Java does not know joining types */
    private static boolean joins(int[] all, int at) {
        return at + 1 < all.length && isJoining(all[at - 1]) && isJoining(all[at + 1]);
    }

    private static boolean isJoining(int c) {
        Character.UnicodeScript script = script(c);
        return script == Character.UnicodeScript.ARABIC
                || script == Character.UnicodeScript.SYRIAC
                || script == Character.UnicodeScript.MONGOLIAN
                || script == Character.UnicodeScript.NKO;
    }

    /** Arabic digits and extended ones must not stand in one label. */
    private static boolean digitsAgree(int[] all, int c) {
        boolean arabic = c >= 0x660 && c <= 0x669;
        boolean extended = c >= 0x6F0 && c <= 0x6F9;
        for (int other : all) {
            if ((arabic && other >= 0x6F0 && other <= 0x6F9) || (extended && other >= 0x660 && other <= 0x669)) {
                return false;
            }
        }
        return true;
    }

    /** RFC 5893, section 2, the rules that tell the direction: a label that is read from the right starts with such a letter and has none from the left. */
    private static boolean directionsAgree(int[] all) {
        boolean fromRight = false;
        boolean fromLeft = false;
        for (int c : all) {
            byte direction = Character.getDirectionality(c);
            fromRight |= isFromRight(direction);
            fromLeft |= direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
        }
        return !fromRight || (!fromLeft && isFromRight(Character.getDirectionality(all[0])));
    }

    private static boolean isFromRight(byte direction) {
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
