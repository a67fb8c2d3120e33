package io.betrue.staticfiles;

/**
 * One thing that is wrong with the files.
 *
 * @param file the path below its root, or the root itself
 * @param line the line, from 1; 0 when the fault belongs to the file as a whole
 * @param column the column in characters, from 1; 0 when the fault belongs to the file as a whole
 * @param message what was refused, and what would do
 */
record Fault(String file, int line, int column, String message) {
    /** {@return where it is: {@code index.tmpl.html:3:14}} */
    String place() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
