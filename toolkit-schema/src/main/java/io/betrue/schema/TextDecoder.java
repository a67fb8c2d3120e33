package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into the JSON type that a schema asks for. A text that does not look exactly like that type stays a text, for the schema to refuse. Immutable.
 *
 * @param scalar the types of a value, or of the items of an array; null if the schema does not say, and then every value is a text
 * @param array whether the value is an array
 * @param first what the first items are, where each place has a schema of its own
 */
record TextDecoder(@Nullable Set<TextType> scalar, boolean array, List<TextDecoder> first) {
    /** For fields that no schema speaks of. */
    static final TextDecoder TEXT = new TextDecoder(null, false, List.of());

    private static final int LONGEST_NUMBER = Limits.DEFAULT.numberLength();
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static TextDecoder of(JsonNode schema, JsonNode root) {
        Set<TextType> types = TextType.of(schema, root);
        if (types == null || !types.contains(TextType.ARRAY)) {
            return new TextDecoder(types, false, List.of());
        }
        JsonNode array = TextType.withItems(schema, root);
        JsonNode items = array.path("items");
        if (!items.isArray()) {
            return new TextDecoder(TextType.of(items, root), true, List.of());
        }
        List<TextDecoder> first = new ArrayList<>();
        items.forEach(item -> first.add(new TextDecoder(TextType.of(item, root), false, List.of())));
        return new TextDecoder(TextType.of(array.path("additionalItems"), root), true, List.copyOf(first));
    }

    /** Whether an item is an array or an object, for which no text stands. */
    boolean nests() {
        boolean here = array && scalar != null && (scalar.contains(TextType.OBJECT) || scalar.contains(TextType.ARRAY));
        return here || first.stream().anyMatch(item -> new TextDecoder(item.scalar, true, List.of()).nests());
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
        for (int i = 0; i < texts.size(); i++) {
            TextDecoder decoder = i < first.size() ? first.get(i) : this;
            values.add(decoder.decode(texts.get(i)));
        }
        return values;
    }

    private static JsonNode integer(String text) {
        if (text.length() < 10) {
            return NODES.numberNode(Integer.parseInt(text));
        }
        return text.length() < 19 ? NODES.numberNode(Long.parseLong(text)) : NODES.numberNode(new BigInteger(text));
    }
}
