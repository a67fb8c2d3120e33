package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.schema.Schema;
import io.betrue.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** OpenAPI 3.0 allows at least what is valid: its schemas are draft 4 but for {@code nullable}, so that the engine can say what they allow. */
class LossesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int valid;
    private int refused;

    @Test
    void whatIsValidIsAllowedByTheDocument() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            ObjectNode root = new RandomSchemas(random).root();
            Schema source = compile(root);
            Map<String, JsonNode> written = written(source);
            Schema target = compile(draft4(written));
            for (int i = 0; i < 60; i++) {
                JsonNode value = value(random, 3);
                if (source.validate(value).isEmpty()) {
                    valid++;
                    assertThat(target.validate(value).isEmpty())
                            .as("seed %s: %s is valid by\n%s\nbut not by\n%s", seed, value, root, written)
                            .isTrue();
                } else if (!target.validate(value).isEmpty()) {
                    refused++;
                }
            }
        }
        // the test would not notice anything if the schemas allowed nothing or everything
        assertThat(valid).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(10_000);
    }

    private static Map<String, JsonNode> written(Schema source) {
        int draft = Integer.parseInt(source.draft().name().substring("DRAFT_".length()));
        SchemaBundle bundle = new SchemaBundle("root", draft, source.standalone());
        return new Components(List.of(bundle), List.of()).write(new Schema30(), new ArrayList<>());
    }

    private static Schema compile(JsonNode schema) {
        return Schemas.load(s -> s.json("it", schema.toString())).get("it");
    }

    private static ObjectNode draft4(Map<String, JsonNode> written) {
        ObjectNode root = JSON.objectNode().put("$schema", "http://json-schema.org/draft-04/schema#");
        root.putArray("allOf").addObject().put("$ref", "#/definitions/root");
        ObjectNode definitions = root.putObject("definitions");
        written.forEach((name, schema) -> definitions.set(name, draft4(schema)));
        return root;
    }

    private static JsonNode draft4(JsonNode schema) {
        if (SchemaKeywords.isReference(schema)) {
            String name = schema.path("$ref").textValue().substring(Components.PREFIX.length());
            return JSON.objectNode().put("$ref", "#/definitions/" + name);
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode copy = SchemaKeywords.mapWithin((ObjectNode) schema, "", (inner, at) -> draft4(inner));
        copy.remove(List.of("example", "default", "readOnly"));
        if (copy.remove("nullable") != null) {
            copy.putArray("type").add(schema.path("type")).add("null");
        }
        return copy;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(6));
            case 3 -> JSON.numberNode(random.nextInt(6) + 0.5);
            case 4 -> JSON.textNode(List.of("a", "", "abc", "A1", "a long one").get(random.nextInt(5)));
            case 5 -> {
                var array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                List<String> names = List.of("id", "name", "a b", "type", "items", "x-1", "next");
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(names.get(random.nextInt(names.size())), value(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
