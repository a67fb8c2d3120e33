package io.betrue.commands.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ErrorCode;
import io.betrue.schema.Parameter;
import io.betrue.schema.RouteNotes;
import io.betrue.schema.RoutePart;
import io.betrue.schema.RouteParts;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What documents can read of commands. */
final class Documents {
    private static final int SUMMARY = 200;
    private static final String TEXT = "{\"type\": \"string\"}";

    private static final String KEY =
            "{\"type\": \"string\", \"pattern\": \"^[!-~]{1,128}$\"}"; // what every way to keep keys takes
    private static final Pattern WORD = Pattern.compile("[^A-Za-z0-9]+([A-Za-z0-9]?)");
    private static final int LONGEST_ID = 100;

    private final SchemaCheck schemas;
    private final boolean named;

    /**
     * @param schemas what comes in and goes out
     * @param named whether registered schemas are spoken of by their names
     */
    Documents(SchemaCheck schemas, boolean named) {
        this.schemas = schemas;
        this.named = named;
    }

    /** The texts: the description's first sentence is the summary. */
    RouteNotes notes(CommandType<?, ?> type) {
        return notes(type, id(type.address()));
    }

    /** The texts of another way in, whose name comes from its method and path. */
    RouteNotes notes(RestRoute rest) {
        return notes(rest.type(), "");
    }

    private static RouteNotes notes(CommandType<?, ?> type, String id) {
        String text = type.description();
        String first = text.lines().findFirst().orElse("");
        String summary = first.length() <= SUMMARY ? first : first.substring(0, SUMMARY - 1) + "…";
        int slash = type.code().lastIndexOf('/');
        List<String> tags = slash < 0 ? List.of() : List.of(type.code().substring(0, slash));
        return new RouteNotes(id, summary, text.equals(summary) ? "" : text, tags, !type.isOpen(), type.roles(), false);
    }

    /** {@code accountsSignIn} for {@code accounts/sign-in}; nothing where there is no letter to begin with. */
    private static String id(String address) {
        String words = WORD.matcher(address).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
        String id = words.isEmpty() ? "" : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
        boolean usable = !id.isEmpty() && Character.isLetter(id.charAt(0)) && id.length() <= LONGEST_ID;
        return usable ? id : "";
    }

    /** What a command takes and gives; its chain checks it. */
    RouteSchema schema(CommandType<?, ?> type) {
        List<RoutePart> parts = new ArrayList<>();
        if (type.takesContent()) {
            parts.add(RouteParts.header(HttpCommands.INPUT, TEXT).describedAs("The input as JSON in ASCII"));
            addContent(parts);
        } else {
            schemas.input(type).ifPresent(schema -> parts.add(body(type, text(schema, type.address() + "/in"))));
        }
        addKey(parts, type);
        addReplies(parts, type);
        return RouteSchema.of(parts.toArray(RoutePart[]::new)).checkedElsewhere();
    }

    /** A registered schema by its name, where documents know those; else what it says. */
    private String text(Schema schema, String name) {
        return named && schema.name().equals(name) ? name : schema.standalone().toString();
    }

    private static void addKey(List<RoutePart> parts, CommandType<?, ?> type) {
        if (type.takesKey()) {
            parts.add(RouteParts.header("Idempotency-Key", KEY)
                    .describedAs("All calls with the same key have one effect, and get the answer of the first"));
        }
    }

    private static RoutePart body(CommandType<?, ?> type, String schema) {
        var body = RouteParts.in(schema);
        return type.input() == Nothing.class ? body.optional() : body;
    }

    private static void addContent(List<RoutePart> parts) {
        parts.add(RouteParts.inStream(io.betrue.commands.Content.BYTES));
        parts.add(RouteParts.inStream(MediaTypes.FORM));
    }

    private void addReplies(List<RoutePart> parts, CommandType<?, ?> type) {
        Optional<Schema> output = schemas.output(type);
        if (type.givesContent()) {
            parts.add(RouteParts.outStream(200, io.betrue.commands.Content.BYTES));
        } else {
            parts.add(RouteParts.out(
                    200,
                    output.map(schema -> text(schema, type.address() + "/out")).orElse("{}")));
        }
        parts.add(RouteParts.problems(type.problems().toArray(ErrorCode[]::new)));
    }

    /** What another way in takes and gives: members of the input are parameters there. */
    RouteSchema schema(RestRoute rest) {
        List<RoutePart> parts = new ArrayList<>();
        JsonNode whole = rest.schema();
        for (String name : rest.names().stream().sorted().toList()) {
            parts.add(RouteParts.path(name, scalar(rest.member(name))));
        }
        if (rest.type().takesContent() && rest.hasBody()) {
            addContent(parts);
        }
        if (!rest.hasBody() || rest.type().takesContent()) {
            whole.path("properties").fieldNames().forEachRemaining(name -> {
                if (!rest.names().contains(name)) {
                    parts.add(query(rest, name));
                }
            });
        } else if (whole instanceof ObjectNode object) {
            ObjectNode body = without(object, rest);
            if (!body.path("properties").isEmpty() || rest.names().isEmpty()) {
                parts.add(body(rest.type(), body.toString()));
            }
        }
        addKey(parts, rest.type());
        addReplies(parts, rest.type());
        return RouteSchema.of(parts.toArray(RoutePart[]::new)).checkedElsewhere();
    }

    private static Parameter query(RestRoute rest, String name) {
        boolean required = false;
        for (JsonNode one : rest.schema().path("required")) {
            required |= one.asText().equals(name);
        }
        Parameter parameter = RouteParts.query(name, scalar(rest.member(name)));
        return required ? parameter.require() : parameter;
    }

    /** A schema that stands alone; one that refers to others is a text here. */
    private static String scalar(JsonNode schema) {
        return schema.isObject() && schema.findValue("$ref") == null ? schema.toString() : TEXT;
    }

    private static ObjectNode without(ObjectNode whole, RestRoute rest) {
        ObjectNode body = whole.deepCopy();
        if (body.path("properties") instanceof ObjectNode properties) {
            properties.remove(rest.names());
        }
        if (body.path("required") instanceof ArrayNode required) {
            ArrayNode left = required.arrayNode();
            required.forEach(name -> {
                if (!rest.names().contains(name.asText())) {
                    left.add(name);
                }
            });
            body.remove("required");
            if (!left.isEmpty()) {
                body.set("required", left);
            }
        }
        return body;
    }
}
