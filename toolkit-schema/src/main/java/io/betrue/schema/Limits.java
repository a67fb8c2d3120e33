package io.betrue.schema;

/**
 * The bounds of what is read and checked.
 *
 * @param depth how deep arrays and objects may nest
 * @param numberLength the digits a number may have when it is written without an exponent; 400 is enough for every double
 * @param uniqueItems the most items an array with {@code uniqueItems} may have
 * @param violations the most violations that are reported for one value
 */
record Limits(int depth, int numberLength, int uniqueItems, int violations) {
    static final Limits DEFAULT = new Limits(100, 400, 100_000, 100);
}
