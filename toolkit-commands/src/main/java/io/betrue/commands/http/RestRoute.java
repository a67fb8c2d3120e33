package io.betrue.commands.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.CommandType;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.StandardError;
import io.betrue.schema.Schema;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another way into a command: a method and a path whose parameters become members of the input.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path as Javalin writes it
 * @param type the command
 * @param schema the schema of its input, or a missing node
 * @param names the names in the path
 */
record RestRoute(String method, String path, CommandType<?, ?> type, JsonNode schema, Set<String> names) {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern NAME = Pattern.compile("[{<]([^{}<>]+)[}>]");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static RestRoute of(String method, String path, CommandType<?, ?> type, SchemaCheck schemas) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method of " + path + " must be one of "
                    + METHODS.stream().sorted().toList() + ", was \"" + method + "\"");
        }
        if (type.isInternal()) {
            throw new IllegalArgumentException("command " + type + " is internal, and has no way in from outside");
        }
        if (method.equals("GET") && !type.isIdempotent()) {
            throw new IllegalArgumentException(
                    "command " + type + " is not idempotent, so browsers and proxies must not call it by GET");
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher name = NAME.matcher(path);
        while (name.find()) {
            names.add(name.group(1));
        }
        JsonNode schema = schemas.input(type).map(Schema::standalone).orElse(MissingNode.getInstance());
        return new RestRoute(method, path, type, schema, Set.copyOf(names));
    }

    boolean hasBody() {
        return !method.equals("GET") && !method.equals("DELETE");
    }

    /** The schema of a member; a missing node if it has none. */
    JsonNode member(String name) {
        return resolved(schema.path("properties").path(name));
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        for (int i = 0; i < 8 && found.path("$ref").isTextual(); i++) {
            String ref = found.path("$ref").asText();
            found = ref.startsWith("#/") ? schema.at(ref.substring(1)) : MissingNode.getInstance();
        }
        return found;
    }

    /** Adds the parameters of a request to its body. */
    ObjectNode input(Context ctx, JsonNode body) {
        ObjectNode input = JSON.objectNode();
        if (body instanceof ObjectNode object) {
            input.setAll(object);
        } else if (!body.isMissingNode()) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("The body must be a JSON object.")
                    .toException();
        }
        for (String name : names) {
            put(input, name, value(member(name), List.of(ctx.pathParam(name))));
        }
        for (Map.Entry<String, List<String>> one : ctx.queryParamMap().entrySet()) {
            put(input, one.getKey(), value(member(one.getKey()), one.getValue()));
        }
        return input;
    }

    private static void put(ObjectNode input, String name, JsonNode value) {
        if (input.has(name)) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("A member of the input is given twice: in the path, the query or the body.")
                    .toException();
        }
        input.set(name, value);
    }

    private JsonNode value(JsonNode wanted, List<String> texts) {
        if (has(wanted, "array") || texts.size() != 1) {
            ArrayNode array = JSON.arrayNode();
            JsonNode items = resolved(wanted.path("items"));
            texts.forEach(text -> array.add(scalar(items, text)));
            return array;
        }
        return scalar(wanted, texts.get(0));
    }

    /** A text that is none of what is asked for stays a text, which the chain refuses. */
    private static JsonNode scalar(JsonNode wanted, String text) {
        if (has(wanted, "string")) {
            return JSON.textNode(text);
        }
        if (has(wanted, "boolean") && (text.equals("true") || text.equals("false"))) {
            return JSON.booleanNode(text.equals("true"));
        }
        boolean number = has(wanted, "number");
        if ((number || has(wanted, "integer")) && INTEGER.matcher(text).matches()) {
            return integer(new BigInteger(text));
        }
        return number && NUMBER.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
    }

    private static JsonNode integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    private static boolean has(JsonNode wanted, String type) {
        JsonNode types = wanted.path("type");
        if (types.isArray()) {
            for (JsonNode one : types) {
                if (one.asText().equals(type)) {
                    return true;
                }
            }
        }
        return types.asText().equals(type);
    }
}
