package io.betrue.schema;

/**
 * A set of characters: any of ASCII, and none or nearly all of the others.
 *
 * @param low the ASCII characters below 64, as bits
 * @param high the other ASCII characters, as bits
 * @param others which characters it has that are not ASCII
 */
record CharSet(long low, long high, Others others) {
    static final CharSet EMPTY = new CharSet(0, 0, Others.NONE);

    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    /** Which characters it has that are not ASCII. */
    enum Others {
        NONE,
        ALL_BUT_LINE_ENDS,
        ALL
    }

    boolean has(int character) {
        if (character < 64) {
            return (low >>> character & 1) != 0;
        }
        if (character < 128) {
            return (high >>> character & 1) != 0;
        }
        boolean lineEnd = character == LINE_SEPARATOR || character == PARAGRAPH_SEPARATOR;
        return others == Others.ALL || (others == Others.ALL_BUT_LINE_ENDS && !lineEnd);
    }

    boolean overlaps(CharSet other) {
        return (low & other.low) != 0
                || (high & other.high) != 0
                || (others != Others.NONE && other.others != Others.NONE);
    }

    CharSet and(CharSet other) {
        Others most = others.compareTo(other.others) > 0 ? others : other.others;
        return new CharSet(low | other.low, high | other.high, most);
    }

    /** {@return this and the ASCII characters of a range} */
    CharSet and(int from, int to) {
        long moreLow = low;
        long moreHigh = high;
        for (int c = from; c <= to; c++) {
            moreLow |= c < 64 ? 1L << c : 0;
            moreHigh |= c < 64 ? 0 : 1L << c;
        }
        return new CharSet(moreLow, moreHigh, others);
    }

    /** {@return all characters but these, which are ASCII} */
    CharSet not(Others others) {
        return new CharSet(~low, ~high, others);
    }
}
