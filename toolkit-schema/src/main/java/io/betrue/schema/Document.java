package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema document that was read.
 *
 * @param name the name under which it is registered; empty for what is only referred to
 * @param file where it is from, for people
 * @param address the address by which others refer to it, or null when it is made of the name
 * @param draft its draft
 * @param root its content
 * @param positions where each value is, by its pointer
 */
record Document(
        String name, String file, @Nullable URI address, Draft draft, JsonNode root, Map<String, Position> positions) {
    Position position(String pointer) {
        return positions.getOrDefault(pointer, Position.UNKNOWN);
    }
}
