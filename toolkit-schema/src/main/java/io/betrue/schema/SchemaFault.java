package io.betrue.schema;

/**
 * One thing that is wrong with the schemas.
 *
 * @param file the file, the entry of the class path, or the name given in code
 * @param pointer the place in it, a JSON pointer (RFC 6901); empty for the whole document
 * @param line the line, from 1; 0 when the fault belongs to the file as a whole
 * @param column the column in characters, from 1; 0 when the fault belongs to the file as a whole
 * @param message what was refused, and what would do
 */
public record SchemaFault(String file, String pointer, int line, int column, String message) {
    /** {@return where it is: {@code schemas/order.json:3:14 /properties/id}} */
    String place() {
        String at = line == 0 ? file : file + ":" + line + ":" + column;
        return pointer.isEmpty() ? at : at + " " + pointer;
    }
}
