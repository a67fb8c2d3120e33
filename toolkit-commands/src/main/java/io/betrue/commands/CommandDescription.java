package io.betrue.commands;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a service says of a command of its own, so that others can forward it and show it.
 *
 * @param type the command; where what it takes or gives is not known in this process, that is {@code JsonNode}
 * @param input the JSON Schema of what it takes, complete in itself, or null if it is not known or demands nothing
 * @param output the JSON Schema of what it gives, in the same way
 */
public record CommandDescription(
        CommandType<?, ?> type,
        @Nullable JsonNode input,
        @Nullable JsonNode output) {}
