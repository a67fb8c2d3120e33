package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.BooleanSchema;
import org.everit.json.schema.NullSchema;
import org.everit.json.schema.NumberSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.StringSchema;
import org.everit.json.schema.regexp.RE2JRegexpFactory;
import org.everit.json.schema.regexp.Regexp;
import org.everit.json.schema.regexp.RegexpMatchingFailure;
import org.jspecify.annotations.Nullable;

/** Builds the parts of the engine's model that look at one type of value. */
final class TypedSchemas {
    private static final Optional<RegexpMatchingFailure> MISMATCH =
            new RE2JRegexpFactory().createHandler("a").patternMatchingFailure("b");

    private final Draft draft;
    private final Words words;
    private final Function<JsonNode, Schema> schemas;

    /**
     * Makes a builder.
     *
     * @param draft the draft of the schemas
     * @param words what patterns and formats mean
     * @param schemas builds the schemas inside
     */
    TypedSchemas(Draft draft, Words words, Function<JsonNode, Schema> schemas) {
        this.draft = draft;
        this.words = words;
        this.schemas = schemas;
    }

    static Schema plain(int type) {
        return type == Types.NULL
                ? NullSchema.builder().build()
                : BooleanSchema.builder().build();
    }

    Schema string(JsonNode node, boolean required) {
        StringSchema.Builder string = StringSchema.builder().requiresString(required);
        ifCount(node, "minLength", string::minLength);
        ifCount(node, "maxLength", string::maxLength);
        if (node.has("pattern")) {
            string.pattern(regexp(node.get("pattern").textValue()));
        }
        TextPattern format = words.format(node.path("format").asText());
        if (format != null) {
            Optional<String> refusal = Optional.of("format");
            string.formatValidator(text -> format.find(text) ? Optional.empty() : refusal);
        }
        return string.build();
    }

    private Regexp regexp(String pattern) {
        TextPattern compiled = words.pattern(pattern);
        return text -> compiled.find(text) ? Optional.empty() : MISMATCH;
    }

    Schema number(JsonNode node, int demanded) {
        NumberSchema.Builder number = NumberSchema.builder()
                .requiresNumber(demanded == Types.NUMBER)
                .requiresInteger(demanded == Types.INTEGER);
        ifNumber(node, "minimum", number::minimum);
        ifNumber(node, "maximum", number::maximum);
        ifNumber(node, "multipleOf", number::multipleOf);
        if (draft == Draft.DRAFT_4) {
            number.exclusiveMinimum(node.path("exclusiveMinimum").booleanValue());
            number.exclusiveMaximum(node.path("exclusiveMaximum").booleanValue());
        } else {
            ifNumber(node, "exclusiveMinimum", number::exclusiveMinimum);
            ifNumber(node, "exclusiveMaximum", number::exclusiveMaximum);
        }
        return number.build();
    }

    Schema array(JsonNode node, boolean required) {
        ArraySchema.Builder array = ArraySchema.builder().requiresArray(required);
        ifCount(node, "minItems", array::minItems);
        ifCount(node, "maxItems", array::maxItems);
        JsonNode items = node.get("items");
        if (items != null && items.isArray()) {
            items.forEach(item -> array.addItemSchema(schemas.apply(item)));
            additionalItems(array, items.isEmpty(), node.get("additionalItems"));
        } else if (items != null) {
            array.allItemSchema(schemas.apply(items));
        }
        if (draft != Draft.DRAFT_4 && node.has("contains")) {
            array.containsItemSchema(schemas.apply(node.get("contains")));
        }
        return array.build();
    }

    private void additionalItems(ArraySchema.Builder array, boolean noItems, @Nullable JsonNode more) {
        if (more == null) {
            return;
        }
        if (noItems) {
            array.allItemSchema(schemas.apply(more));
        } else if (more.isBoolean()) {
            array.additionalItems(more.booleanValue());
        } else {
            array.schemaOfAdditionalItems(schemas.apply(more));
        }
    }

    Schema object(JsonNode node, boolean required) {
        ObjectSchema.Builder object = ObjectSchema.builder().requiresObject(required);
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            object.addPropertySchema(property.getKey(), schemas.apply(property.getValue()));
        }
        for (Map.Entry<String, JsonNode> pattern :
                node.path("patternProperties").properties()) {
            object.patternProperty(regexp(pattern.getKey()), schemas.apply(pattern.getValue()));
        }
        JsonNode more = node.get("additionalProperties");
        if (more != null && more.isBoolean()) {
            object.additionalProperties(more.booleanValue());
        } else if (more != null) {
            object.schemaOfAdditionalProperties(schemas.apply(more));
        }
        node.path("required").forEach(name -> object.addRequiredProperty(name.textValue()));
        ifCount(node, "minProperties", object::minProperties);
        ifCount(node, "maxProperties", object::maxProperties);
        for (Map.Entry<String, JsonNode> dependency : node.path("dependencies").properties()) {
            dependency(object, dependency.getKey(), dependency.getValue());
        }
        if (draft != Draft.DRAFT_4 && node.has("propertyNames")) {
            object.propertyNameSchema(schemas.apply(node.get("propertyNames")));
        }
        return object.build();
    }

    private void dependency(ObjectSchema.Builder object, String name, JsonNode needed) {
        if (needed.isArray()) {
            needed.forEach(other -> object.propertyDependency(name, other.textValue()));
        } else {
            object.schemaDependency(name, schemas.apply(needed));
        }
    }

    private static void ifCount(JsonNode node, String keyword, Consumer<Integer> then) {
        if (node.has(keyword)) {
            then.accept(count(node.get(keyword)));
        }
    }

    /** {@return a count; no value has more than the largest int, so that more than that means the same} */
    static int count(JsonNode number) {
        return number.decimalValue().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }

    private static void ifNumber(JsonNode node, String keyword, Consumer<Number> then) {
        if (node.has(keyword)) {
            then.accept(node.get(keyword).decimalValue());
        }
    }
}
