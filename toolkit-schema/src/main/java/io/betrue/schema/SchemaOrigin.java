package io.betrue.schema;

/**
 * Where a definition of {@link Schema#standalone()} was written. Two schemas whose definitions have equal origins share one definition.
 *
 * @param schema the name under which the document that has it was registered, {@code order/create}, or the address by which it is referred to
 * @param file the file, the entry of the class path, or the name given in code; for people
 * @param pointer the place in the document, a JSON pointer (RFC 6901); empty for the whole document
 */
public record SchemaOrigin(String schema, String file, String pointer) {}
