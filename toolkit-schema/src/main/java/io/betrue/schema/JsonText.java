package io.betrue.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Reads the JSON text of a schema strictly (RFC 8259: no comment, no duplicate key, nothing behind the value) and notes where each value is. */
final class JsonText {
    /** The deepest that a schema document may nest. */
    static final int DEEPEST = 200;

    private static final int LONGEST_NUMBER = 400;
    private static final String TOO_LONG =
            "has a number of more than " + LONGEST_NUMBER + " digits when it is written out";
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Map<String, Position> positions = new HashMap<>();
    private final JsonParser parser;

    private JsonText(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * What was read.
     *
     * @param root the value
     * @param positions where each value is, by its pointer
     */
    record Parsed(JsonNode root, Map<String, Position> positions) {}

    /** A text that is no JSON, and where it stops being it. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Position position;

        Malformed(Position position, String message, Throwable cause) {
            super(message, cause);
            this.position = position;
        }

        Position position() {
            return position;
        }
    }

    static Parsed parse(String text) throws Malformed {
        // a byte order mark is no part of the text (RFC 8259, section 8.1)
        try (JsonParser parser = FACTORY.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            JsonText reader = new JsonText(parser);
            if (parser.nextToken() == null) {
                throw new Malformed(
                        new Position(1, 1), "is empty; a schema is an object or a boolean", new IOException());
            }
            JsonNode root = reader.value("");
            if (parser.nextToken() != null) {
                throw new Malformed(
                        position(parser.currentTokenLocation()),
                        "has more behind the end of its value",
                        new IOException());
            }
            return new Parsed(root, reader.positions);
        } catch (JsonProcessingException e) {
            throw new Malformed(position(e.getLocation()), "is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Malformed(Position.UNKNOWN, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static Position position(JsonLocation location) {
        return location == null
                ? Position.UNKNOWN
                : new Position(Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }

    private JsonNode value(String pointer) throws IOException, Malformed {
        positions.put(pointer, position(parser.currentTokenLocation()));
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT -> integer();
            default -> decimal();
        };
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }

    /** A short text may stand for a number that nobody can calculate with: it would take the time of each check. */
    private JsonNode decimal() throws IOException, Malformed {
        Position position = position(parser.currentTokenLocation());
        try {
            BigDecimal value = parser.getDecimalValue();
            if (!LimitCheck.isLong(value, LONGEST_NUMBER)) {
                return nodes.numberNode(value);
            }
            throw new Malformed(position, TOO_LONG, new IOException());
        } catch (NumberFormatException | JsonProcessingException e) {
            throw new Malformed(position, TOO_LONG, e);
        }
    }

    private ObjectNode object(String pointer) throws IOException, Malformed {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(Pointers.child(pointer, name)));
        }
        return object;
    }

    private ArrayNode array(String pointer) throws IOException, Malformed {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(Pointers.child(pointer, array.size())));
        }
        return array;
    }
}
