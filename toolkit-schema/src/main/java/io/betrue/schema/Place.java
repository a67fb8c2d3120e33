package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * A schema within a document.
 *
 * @param document the document
 * @param pointer the place in it, a JSON pointer (RFC 6901)
 * @param node the schema
 * @param base the address against which its {@code $ref} is resolved
 */
record Place(Document document, String pointer, JsonNode node, URI base) {
    /** {@return what tells it from all others} */
    String key() {
        return document.file() + '#' + pointer;
    }

    /** {@return the place of a member, which has the same base} */
    Place child(String name, JsonNode child) {
        return new Place(document, Pointers.child(pointer, name), child, base);
    }

    /** {@return the place of an item, which has the same base} */
    Place child(int index, JsonNode child) {
        return new Place(document, Pointers.child(pointer, index), child, base);
    }

    /** {@return the same place with another base} */
    Place at(URI other) {
        return new Place(document, pointer, node, other);
    }
}
