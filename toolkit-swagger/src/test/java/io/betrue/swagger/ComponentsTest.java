package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    @Test
    void referencesWithinASchemaBecomeComponents() {
        Map<String, JsonNode> written = write(bundle(
                "order/create",
                "{'definitions': {'Address': {'properties': {'next': {'$ref': '#/definitions/Address'}}}, 'unused': {}},"
                        + " 'properties': {'to': {'$ref': '#/definitions/Address'}, 'same': {'$ref': '#/properties/list/items'},"
                        + " 'again': {'$ref': '#'}, 'list': {'items': {'type': 'string'}}}}"));
        assertThat(written)
                .containsOnlyKeys("order.create", "order.create.Address", "order.create.properties.list.items");
        assertThat(at(written, "order.create.Address").toString())
                .isEqualTo("{\"properties\":{\"next\":{\"$ref\":\"#/components/schemas/order.create.Address\"}}}");
        JsonNode properties = at(written, "order.create").path("properties");
        assertThat(properties.at("/again/$ref").asText()).isEqualTo("#/components/schemas/order.create");
        assertThat(properties.at("/same/$ref").asText())
                .isEqualTo("#/components/schemas/order.create.properties.list.items");
        assertThat(at(written, "order.create").has("definitions")).isFalse();
    }

    @Test
    void schemasOfTheSameNameDoNotOverwriteEachOther() {
        SchemaBundle one = bundle("order", "{'const': 1}");
        SchemaBundle two = bundle("order", "{'const': 2}");
        SchemaBundle same = bundle("order", "{'const': 1}");
        SchemaBundle alike = bundle("Order", "{'const': 3}");
        SchemaBundle problem = bundle("problem", "{'const': 4}");
        Components components = new Components(List.of(two, one, same, alike, problem), List.of("Problem"));
        Map<String, JsonNode> written = components.write(new Schema31(), new ArrayList<>());
        assertThat(written).hasSize(4).doesNotContainKey("Problem");
        assertThat(components.reference(one))
                .isEqualTo(components.reference(same))
                .isNotEqualTo(components.reference(two));
        List<SchemaBundle> shuffled = new ArrayList<>(Arrays.asList(one, two, same, alike, problem));
        Collections.shuffle(shuffled, new java.util.Random(7));
        assertThat(new Components(shuffled, List.of("Problem")).write(new Schema31(), new ArrayList<>()))
                .isEqualTo(written);
    }

    @Test
    void oddNamesBecomeNamesOfComponents() {
        String longName = "n".repeat(300);
        Map<String, JsonNode> written = write(bundle(
                "a",
                "{'definitions': {'c++': {'type': 'string'}, 'LONG': {'type': 'integer'}}, 'properties': {'x': {'$ref': '#/definitions/c++'}, 'y': {'$ref': '#/definitions/LONG'}}}"
                        .replace("LONG", longName)));
        assertThat(at(written, "a.c__").path("type").asText()).isEqualTo("string");
        assertThat(at(written, "a." + "n".repeat(198)).path("type").asText()).isEqualTo("integer");
    }

    @Test
    void theSameTextInAnotherDraftIsAnotherSchema() {
        JsonNode text = Served.read("{\"const\": 1}");
        SchemaBundle old = new SchemaBundle("a", 4, text);
        SchemaBundle now = new SchemaBundle("a", 7, text);
        Components components = new Components(List.of(old, now), List.of());
        Map<String, JsonNode> written = components.write(new Schema31(), new ArrayList<>());
        assertThat(written).hasSize(2);
        assertThat(written.values()).containsExactlyInAnyOrder(Served.read("{}"), text);
        assertThat(components.reference(old)).isNotEqualTo(components.reference(now));
    }

    @Test
    void referencesAreDecoded() {
        Map<String, JsonNode> written = write(bundle(
                "a", "{'definitions': {'x/y z': {'type': 'string'}}, 'not': {'$ref': '#/definitions/x~1y%20z'}}"));
        assertThat(written).containsOnlyKeys("a", "a.x.y_z");
        assertThat(at(written, "a.x.y_z").path("type").asText()).isEqualTo("string");
    }

    @Test
    void aChoiceOfReferencesIsAnyOfThemWhereOneIsNotSaidInFull() {
        SchemaBundle bundle = bundle(
                "pay",
                "{'definitions': {'card': {'properties': {'deep': {'$ref': '#/definitions/deep'}}}, 'deep': {'if': {}}, 'bank': {'type': 'object'}},"
                        + " 'properties': {'how': {'oneOf': [{'$ref': '#/definitions/card'}, {'$ref': '#/definitions/bank'}]},"
                        + " 'else': {'not': {'$ref': '#/definitions/card'}}, 'same': {'oneOf': [{'$ref': '#/definitions/bank'}]}}}");
        List<String> losses = new ArrayList<>();
        JsonNode properties = at(new Components(List.of(bundle), List.of()).write(new Schema30(), losses), "pay")
                .path("properties");
        assertThat(properties.path("how").path("anyOf")).hasSize(2);
        assertThat(properties.path("else")).isEmpty();
        assertThat(properties.path("same").has("oneOf")).isTrue();
        assertThat(losses)
                .hasSize(3)
                .anyMatch(text -> text.startsWith("schema pay at /properties/how: OpenAPI 3.0 cannot say oneOf"));
        assertThat(at(write(bundle), "pay").path("properties").path("how").has("oneOf"))
                .isTrue();
    }

    private static Map<String, JsonNode> write(SchemaBundle bundle) {
        return new Components(List.of(bundle), List.of()).write(new Schema31(), new ArrayList<>());
    }

    private static JsonNode at(Map<String, JsonNode> written, String name) {
        return written.getOrDefault(name, MissingNode.getInstance());
    }

    private static SchemaBundle bundle(String name, String text) {
        return new SchemaBundle(name, 7, Served.read(text.replace('\'', '"')));
    }
}
