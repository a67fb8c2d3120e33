package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into the JSON type that a schema asks for. A text that does not look exactly like that type stays a text, for the schema to refuse. Immutable.
 *
 * @param scalar the types of a value, or of the items of an array; null if the schema does not say, and then every value is a text
 * @param array whether the value is an array
 */
record TextDecoder(@Nullable Set<TextType> scalar, boolean array) {
    /** For fields that no schema speaks of. */
    static final TextDecoder TEXT = new TextDecoder(null, false);

    private static final int LONGEST_NUMBER = Limits.DEFAULT.numberLength();
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static TextDecoder of(JsonNode schema, JsonNode root) {
        Set<TextType> types = TextType.of(schema, root);
        if (types == null || !types.contains(TextType.ARRAY)) {
            return new TextDecoder(types, false);
        }
        JsonNode array = schema;
        for (int i = 0; i < 32 && array.has("$ref"); i++) {
            array = TextType.target(array, root);
        }
        return new TextDecoder(TextType.of(array.path("items"), root), true);
    }

    /** The value of one text. */
    JsonNode decode(String text) {
        if (scalar == null || text.length() > LONGEST_NUMBER) {
            return TextNode.valueOf(text);
        }
        if (scalar.contains(TextType.INTEGER) && INTEGER.matcher(text).matches()) {
            return integer(text);
        }
        if (scalar.contains(TextType.NUMBER) && NUMBER.matcher(text).matches()) {
            return INTEGER.matcher(text).matches() ? integer(text) : NODES.numberNode(new BigDecimal(text));
        }
        if (scalar.contains(TextType.BOOLEAN) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return TextNode.valueOf(text);
    }

    /** The value of several texts: an array. */
    ArrayNode decode(List<String> texts) {
        ArrayNode values = NODES.arrayNode(texts.size());
        texts.forEach(text -> values.add(decode(text)));
        return values;
    }

    private static JsonNode integer(String text) {
        if (text.length() < 10) {
            return NODES.numberNode(Integer.parseInt(text));
        }
        return text.length() < 19 ? NODES.numberNode(Long.parseLong(text)) : NODES.numberNode(new BigInteger(text));
    }
}
