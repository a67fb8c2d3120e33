package io.betrue.commands.nats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.CommandDescription;
import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.ErrorCode;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What discovery tells of a command, all of it texts, as the convention for services wants it; schemas and problems are JSON within them. */
final class Metadata {
    static final String INPUT = "input_schema";
    static final String OUTPUT = "output_schema";

    private static final int MAX_ROLES = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Metadata() {}

    static ObjectNode of(CommandType<?, ?> type) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("code", type.code())
                .put("version", Integer.toString(type.version()))
                .put("address", type.address())
                .put("description", type.description())
                .put("open", Boolean.toString(type.isOpen()))
                .put("internal", Boolean.toString(type.isInternal()))
                .put("idempotent", Boolean.toString(type.isIdempotent()))
                .put("takes_key", Boolean.toString(type.takesKey()))
                .put("takes_nothing", Boolean.toString(type.input() == Nothing.class))
                .put("takes_content", Boolean.toString(type.takesContent()))
                .put("gives_content", Boolean.toString(type.givesContent()))
                .put("roles", type.roles().stream().sorted().collect(Collectors.joining(",")))
                .put("problems", type.problems().stream().map(ErrorCode::name).collect(Collectors.joining(",")));
        type.timeout().ifPresent(limit -> metadata.put("timeout_ms", Long.toString(limit.toMillis())));
        if (!type.problems().isEmpty()) {
            metadata.put("problem_details", RemoteError.toJson(type.problems()).toString());
        }
        return metadata;
    }

    /** {@return what is said of a command, or null if that is none of ours or malformed} */
    static @Nullable CommandDescription description(JsonNode metadata) {
        try {
            return new CommandDescription(type(metadata), json(metadata, INPUT), json(metadata, OUTPUT));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static CommandType<?, ?> type(JsonNode metadata) {
        String code = metadata.path("code").asText();
        Class<?> input = is(metadata, "takes_nothing") ? Nothing.class : JsonNode.class;
        CommandType<?, ?> type = CommandType.of(code, input, JsonNode.class)
                .version(metadata.path("version").asInt())
                .description(metadata.path("description").asText());
        type = is(metadata, "open") ? type.open() : type;
        type = is(metadata, "internal") ? type.internal() : type;
        type = is(metadata, "idempotent") ? type.idempotent() : type;
        type = is(metadata, "takes_key") ? type.takingKey() : type;
        type = is(metadata, "takes_content") ? type.takingContent() : type;
        type = is(metadata, "gives_content") ? type.givingContent() : type;
        String roles = metadata.path("roles").asText();
        if (!roles.isEmpty()) {
            if (roles.length() > MAX_ROLES) { // without them the command would seem to be for everybody
                throw new IllegalArgumentException("the roles of " + code + " are too long");
            }
            type = type.roles(roles.split(","));
        }
        JsonNode problems = json(metadata, "problem_details");
        type = problems == null ? type : type.problems(RemoteError.of(problems));
        long timeout = metadata.path("timeout_ms").asLong();
        return timeout > 0 ? type.timeout(Duration.ofMillis(timeout)) : type;
    }

    private static @Nullable JsonNode json(JsonNode metadata, String name) {
        String text = metadata.path(name).asText();
        try {
            return text.isEmpty() ? null : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean is(JsonNode metadata, String flag) {
        return metadata.path(flag).asText().equals("true");
    }
}
