package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** Reads and writes trees without an {@code ObjectMapper}, the first of which costs a fresh JVM a tenth of a second. */
final class JsonTrees {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonTrees() {}

    static void write(JsonGenerator out, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    out.writeFieldName(member.getKey());
                    write(out, member.getValue());
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode item : node) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NUMBER -> number(out, node);
            default -> out.writeNull();
        }
    }

    private static void number(JsonGenerator out, JsonNode number) throws IOException {
        if (number.isInt() || number.isLong()) {
            out.writeNumber(number.longValue());
        } else if (number.isIntegralNumber()) {
            out.writeNumber(number.bigIntegerValue());
        } else if (number.isBigDecimal()) {
            out.writeNumber(number.decimalValue());
        } else {
            out.writeNumber(number.doubleValue());
        }
    }

    /** Reads one value; the depth is limited by the parser. */
    static JsonNode read(JsonParser in) throws IOException {
        in.nextToken();
        return value(in);
    }

    private static JsonNode value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new IOException("it ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> JSON.textNode(in.getText());
            case VALUE_TRUE, VALUE_FALSE -> JSON.booleanNode(in.getBooleanValue());
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? JSON.numberNode(in.getBigIntegerValue())
                        : in.getNumberType() == JsonParser.NumberType.INT
                                ? JSON.numberNode(in.getIntValue())
                                : JSON.numberNode(in.getLongValue());
            case VALUE_NUMBER_FLOAT -> JSON.numberNode(in.getDecimalValue());
            default -> JSON.nullNode();
        };
    }

    private static ObjectNode object(JsonParser in) throws IOException {
        ObjectNode object = JSON.objectNode();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            object.set(name, value(in));
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) throws IOException {
        ArrayNode array = JSON.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(in));
        }
        return array;
    }
}
