package io.betrue.schema;

/** A compiled regular expression. Safe for use by multiple threads. */
@FunctionalInterface
interface TextPattern {
    /** {@return whether a part of the text matches} */
    boolean find(String text);
}
