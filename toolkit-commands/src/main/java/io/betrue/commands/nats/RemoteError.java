package io.betrue.commands.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A failure that another service names, as far as documents show it.
 *
 * @param name the code
 * @param definition its status and texts
 */
record RemoteError(String name, ErrorDefinition definition) implements ErrorCode {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final int MOST = 100;

    static ArrayNode toJson(Collection<? extends ErrorCode> codes) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (ErrorCode code : codes) {
            ErrorDefinition definition = code.definition();
            ObjectNode one = all.addObject()
                    .put("code", code.name())
                    .put("status", definition.status())
                    .put("title", definition.title());
            if (definition.detail() != null) {
                one.put("detail", definition.detail());
            }
        }
        return all;
    }

    /**
     * {@return the failures of a list}
     *
     * @throws IllegalArgumentException if one is malformed
     */
    static List<ErrorCode> of(JsonNode list) {
        if (list.size() > MOST) {
            throw new IllegalArgumentException("a command has more than " + MOST + " problems");
        }
        List<ErrorCode> codes = new ArrayList<>();
        for (JsonNode one : list) {
            String name = one.path("code").asText();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a problem has no code");
            }
            ErrorDefinition definition = ErrorDefinition.of(
                    one.path("status").asInt(), one.path("title").asText());
            codes.add(new RemoteError(
                    name,
                    one.has("detail") ? definition.detail(one.path("detail").asText()) : definition));
        }
        return codes;
    }
}
