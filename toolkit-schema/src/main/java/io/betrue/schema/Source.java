package io.betrue.schema;

/**
 * The text of a schema before it is read.
 *
 * @param name the name under which it is registered: {@code order/create}
 * @param file where it is from, for people
 * @param text the JSON text
 */
record Source(String name, String file, String text) {}
