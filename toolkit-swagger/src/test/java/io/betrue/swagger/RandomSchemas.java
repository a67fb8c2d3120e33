package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes schemas of draft 4, 6 and 7 that use everything there is. */
final class RandomSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    private static final List<String> NAMES =
            List.of("id", "name", "a b", "x-y", "$ref2", "été", "type", "properties", "0", "items");

    private static final List<String> TARGETS =
            List.of("#/definitions/One", "#/definitions/Three", "#/definitions/two%20words", "#");

    private final Random random;
    private final int draft;

    RandomSchemas(Random random) {
        this.random = random;
        this.draft = List.of(4, 6, 7).get(random.nextInt(3));
    }

    /** A schema whose references lead to its own definitions. */
    ObjectNode root() {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", "http://json-schema.org/draft-0" + draft + "/schema#");
        root.setAll(schema(3, false));
        root.remove("$ref");
        ObjectNode definitions = root.putObject("definitions");
        definitions.set("One", plain());
        definitions.set("two words", schema(2, false).without("$ref"));
        definitions.putObject("Three").putObject("properties").putObject("next").put("$ref", "#/definitions/Three");
        return root;
    }

    private ObjectNode plain() {
        return JSON.objectNode().put("type", TYPES.get(random.nextInt(TYPES.size())));
    }

    /** A schema; only one inside a value may refer to the whole, which would ask for itself otherwise. */
    private ObjectNode schema(int depth, boolean inside) {
        ObjectNode schema = JSON.objectNode();
        if (depth == 0) {
            return plain();
        }
        if (random.nextInt(6) == 0) {
            return schema.put("$ref", TARGETS.get(random.nextInt(inside ? 4 : 2)));
        }
        type(schema);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            keyword(schema, random.nextInt(26), depth - 1, inside);
        }
        return schema;
    }

    private void type(ObjectNode schema) {
        if (random.nextInt(4) == 0) {
            ArrayNode types = schema.putArray("type");
            int first = random.nextInt(TYPES.size());
            for (int i = 0; i <= random.nextInt(3); i++) {
                types.add(TYPES.get((first + i) % TYPES.size()));
            }
        } else if (random.nextInt(3) > 0) {
            schema.put("type", TYPES.get(random.nextInt(TYPES.size())));
        }
    }

    private void keyword(ObjectNode schema, int which, int depth, boolean inside) {
        switch (which) {
            case 0 -> schema.putArray("enum").add(1).add("a").addNull();
            case 1 -> schema.put("title", "A <b>title</b>").put("description", "Tells\n\n- *something*");
            case 2 ->
                schema.put("minLength", random.nextInt(3))
                        .put("maxLength", 3 + random.nextInt(9))
                        .put("pattern", "^[a-z]+$");
            case 3 -> limits(schema);
            case 4 -> schema.set("items", schema(depth, true));
            case 5 -> {
                schema.putArray("items").add(schema(depth, true)).add(schema(depth, true));
                schema.set("additionalItems", random.nextBoolean() ? JSON.booleanNode(false) : schema(depth, true));
            }
            case 6 -> schema.put("minItems", 1).put("maxItems", 4).put("uniqueItems", random.nextBoolean());
            case 7, 8, 9, 10 -> properties(schema, depth);
            case 11 ->
                schema.set(
                        "additionalProperties",
                        random.nextBoolean() ? JSON.booleanNode(random.nextBoolean()) : schema(depth, true));
            case 12 -> schema.putObject("patternProperties").set("^x-", schema(depth, true));
            case 13 -> {
                ObjectNode dependencies = schema.putObject("dependencies");
                dependencies.putArray("id").add("name");
                dependencies.set("name", schema(depth, inside));
            }
            case 14, 15, 16 ->
                schema.putArray(List.of("allOf", "anyOf", "oneOf").get(which - 14))
                        .add(schema(depth, inside))
                        .add(schema(depth, inside));
            case 17 -> schema.set("not", schema(depth, inside));
            case 18 ->
                schema.putArray("oneOf").add(schema(depth, inside)).addObject().put("type", "null");
            case 19 -> schema.put("format", "a-" + random.nextInt(3));
            case 20 -> schema.set("default", JSON.numberNode(1));
            default -> newer(schema, which, depth, inside);
        }
    }

    private void newer(ObjectNode schema, int which, int depth, boolean inside) {
        if (draft == 4) {
            return;
        }
        switch (which) {
            case 21 -> schema.put("const", random.nextInt(3));
            case 22 -> schema.set("contains", schema(depth, true));
            case 23 -> schema.set("propertyNames", JSON.objectNode().put("maxLength", 20));
            case 24 -> schema.putArray("examples").add(1).add("two");
            default -> {
                if (draft == 7) {
                    schema.set("if", schema(depth, inside));
                    schema.set("then", JSON.booleanNode(true));
                    schema.set("else", schema(depth, inside));
                    schema.put("readOnly", true).put("contentEncoding", "base64");
                }
            }
        }
    }

    private void limits(ObjectNode schema) {
        schema.put("minimum", random.nextInt(5)).put("multipleOf", 0.5);
        if (draft == 4) {
            schema.put("exclusiveMinimum", random.nextBoolean());
        } else {
            schema.put("exclusiveMinimum", random.nextInt(5)).put("exclusiveMaximum", 100);
        }
    }

    private void properties(ObjectNode schema, int depth) {
        ObjectNode properties = schema.putObject("properties");
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            properties.set(NAMES.get(random.nextInt(NAMES.size())), schema(depth, true));
        }
        ArrayNode required = JSON.arrayNode();
        for (JsonNode name : List.of(JSON.textNode("id"), JSON.textNode("name"))) {
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }
}
