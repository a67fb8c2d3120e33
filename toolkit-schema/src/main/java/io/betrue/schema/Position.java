package io.betrue.schema;

/**
 * A place in a text.
 *
 * @param line the line, from 1; 0 when it is not known
 * @param column the column in characters, from 1; 0 when it is not known
 */
record Position(int line, int column) {
    static final Position UNKNOWN = new Position(0, 0);
}
