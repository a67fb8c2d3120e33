package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everit-json-schema 1.14.6 gets wrong when it is used alone. What concerns loading is in SchemaFaultsTest, what concerns violations in ViolationsTest. */
class EngineBugsTest {
    private static JsonNode json(String text) throws Exception {
        return TestSuite.JSON.readTree(text);
    }

    private static Schema schema(String text) {
        return Schemas.load(config -> config.json("it", text)).get("it");
    }

    private static boolean valid(String schema, String value) throws Exception {
        return schema(schema).validate(json(value)).isEmpty();
    }

    @Test
    void followsARecursiveSchemaAsDeepAsTheLimitAndRefusesWhatIsDeeper() throws Exception {
        Schema tree = schema("{\"type\": \"object\", \"properties\": {\"a\": {\"allOf\": [{\"$ref\": \"#\"}]}}}");
        String deep = "{\"a\":".repeat(99) + "{}" + "}".repeat(99);
        assertThat(tree.validate(json(deep))).isEmpty();
        assertThat(tree.validate(json("{\"a\":" + deep + "}"))).singleElement().satisfies(violation -> {
            assertThat(violation.keyword()).isEqualTo("depth");
            assertThat(violation.parameters()).isEqualTo(java.util.Map.of("depth", 100));
        });
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 100_000; i++) {
            node = JsonNodeFactory.instance.objectNode().set("a", node);
        }
        assertThat(tree.validate(node)).extracting(Violation::keyword).containsExactly("depth");
    }

    @ParameterizedTest
    @CsvSource({"1e400", "-1e-401", "1e1000000000", "1e-1000000000", "1.5E+401"})
    void refusesNumbersThatWouldBeLongWhenWrittenOut(String number) throws Exception {
        assertThat(schema("{\"properties\": {\"n\": {\"multipleOf\": 3}}}").validate(json("{\"n\": [" + number + "]}")))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.keyword()).isEqualTo("numberLength");
                    assertThat(violation.pointer()).isEqualTo("/n/0");
                });
    }

    @Test
    void takesEveryFiniteDoubleAndNoOther() {
        Schema any = schema("{\"type\": \"number\"}");
        for (double number : new double[] {Double.MAX_VALUE, Double.MIN_VALUE, 0.1, 1e22, -0.0}) {
            assertThat(any.validate(DoubleNode.valueOf(number))).isEmpty();
        }
        assertThat(any.validate(DoubleNode.valueOf(Double.NaN))).hasSize(1);
        assertThat(any.validate(DoubleNode.valueOf(Double.NEGATIVE_INFINITY))).hasSize(1);
    }

    @Test
    void findsADuplicateInLinearTime() throws Exception {
        Schema unique = schema("{\"uniqueItems\": true}");
        String items =
                IntStream.range(0, 50_000).mapToObj(i -> "{\"a\": " + i + "}").collect(Collectors.joining(","));
        assertThat(unique.validate(json("[" + items + "]"))).isEmpty();
        assertThat(unique.validate(json("[" + items + ", {\"a\": 7.0}]"))).hasSize(1);
        String tooMany = IntStream.range(0, 100_001).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(unique.validate(json("[" + tooMany + "]")))
                .extracting(violation -> violation.parameters().toString())
                .containsExactly("{maxItems=100000}");
    }

    @Test
    void comparesAsManyItemsAsTheLimitAllows() throws Exception {
        String most = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(valid("{\"uniqueItems\": true}", "[" + most + "]")).isTrue();
    }

    @Test
    void boundsTheLocalPartOfAMailbox() throws Exception {
        assertThat(valid("{\"format\": \"email\"}", "\"" + "a".repeat(64) + "@b\""))
                .isTrue();
        assertThat(valid("{\"format\": \"email\"}", "\"" + "a".repeat(65) + "@b\""))
                .isFalse();
    }

    @Test
    void hashesTextsThatCollideInJava() {
        // "Aa" and "BB" have one hash in Java, and so have all texts made of them
        var array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            array.add(text.toString());
        }
        assertThat(array.get(0).asText().hashCode())
                .isEqualTo(array.get(77).asText().hashCode());
        List<Integer> hashes = IntStream.range(0, array.size())
                .mapToObj(i -> new JsonValue(array.get(i)).hashCode())
                .distinct()
                .toList();
        assertThat(hashes).hasSizeGreaterThan(16_300);
        assertThat(schema("{\"uniqueItems\": true}").validate(array)).isEmpty();
    }

    @Test
    void neverPutsDefaultsIntoAValue() throws Exception {
        Schema schema =
                schema("{\"properties\": {\"a\": {\"default\": {\"list\": []}}, \"b\": {\"type\": \"string\"}}}");
        JsonNode first = json("{}");
        assertThat(schema.validate(first)).isEmpty();
        assertThat(schema.validate(json("{\"b\": 1}"))).hasSize(1);
        assertThat(first.isEmpty()).isTrue();
    }

    @Test
    void handsOutACopyOfTheDocument() {
        Schema schema = schema("{\"type\": \"object\"}");
        ((ObjectNode) schema.document()).put("type", "string");
        assertThat(schema.document().get("type").asText()).isEqualTo("object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Aa': 1, 'AA': 2, 'aA': 3, 'aa': 4} | {'aa': 4, 'aA': 3, 'AA': 2, 'Aa': 1} | true",
                "{'a': 1} | {'a': 1.0} | true",
                "[1, [2.50]] | [1.0, [2.5]] | true",
                "{'a': [{'b': null}]} | {'a': [{'b': null}]} | true",
                "{'a': null} | {} | false",
                "[1, 2] | [2, 1] | false",
                "'1' | 1 | false",
                "true | 'true' | false",
                "0 | false | false",
                "1e2 | 100 | true",
                "12345678901234567890123 | 12345678901234567890123.0 | true",
            })
    void comparesValuesAsTheSpecificationSays(String one, String other, boolean equal) throws Exception {
        String a = one.replace('\'', '"');
        String b = other.replace('\'', '"');
        assertThat(valid("{\"const\": " + a + "}", b)).isEqualTo(equal);
        assertThat(valid("{\"enum\": [[], " + b + "]}", a)).isEqualTo(equal);
        assertThat(valid("{\"uniqueItems\": true}", "[" + a + "," + b + "]")).isEqualTo(!equal);
    }

    @Test
    void comparesDoublesOfAPlainMapperToo() throws Exception {
        ObjectMapper plain = new ObjectMapper();
        assertThat(schema("{\"enum\": [0.1, 2.0]}").validate(plain.readTree("2")))
                .isEmpty();
        assertThat(schema("{\"enum\": [0.1, 2.0]}").validate(plain.readTree("0.1")))
                .isEmpty();
        assertThat(schema("{\"multipleOf\": 0.01}").validate(plain.readTree("19.99")))
                .isEmpty();
        assertThat(schema("{\"type\": \"integer\"}").validate(plain.readTree("3.0")))
                .isEmpty();
        assertThat(schema("{\"exclusiveMinimum\": 0.1}").validate(plain.readTree("0.1")))
                .hasSize(1);
        assertThat(schema("{\"minLength\": 2.0}").validate(plain.readTree("\"a\"")))
                .hasSize(1);
    }

    @Test
    void knowsThatOnlyDraft4TellsOneFromOnePointZero() throws Exception {
        String four = "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", ";
        assertThat(valid(four + "\"type\": \"integer\"}", "1.0")).isFalse();
        assertThat(valid(four + "\"enum\": [[0.0]]}", "[0]")).isTrue();
        assertThat(valid("{\"type\": \"integer\"}", "1.0")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hostname,db",
        "hostname,db.internal",
        "email,bob@localhost",
        "email,bob@corp.lan",
        "email,a@[127.0.0.1]"
    })
    void knowsHostsWithoutAPublicDomain(String format, String text) throws Exception {
        assertThat(valid("{\"format\": \"" + format + "\"}", "\"" + text + "\""))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "date-time,2026-11-21T24:00:00Z",
        "date-time,2026-02-29T00:00:00Z",
        "date-time,2026-11-21 00:00:00Z",
        "ipv6,fe80::1%eth0",
        "ipv6,::1/64",
        "uuid,123e4567-e89b-12d3-a456-42661417400g",
        "email,a@b@c",
        "uri-template,{",
    })
    void refusesWhatTheBuiltInFormatsTook(String format, String text) throws Exception {
        assertThat(valid("{\"format\": \"" + format + "\"}", "\"" + text + "\""))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "date-time,2016-12-31T23:59:60Z",
        "date-time,2017-01-01T05:29:60+05:30",
        "date-time,2026-11-21t00:00:00z",
        "date-time,2026-11-21T00:00:00.1234567890123Z",
    })
    void takesWhatTheBuiltInFormatsRefused(String format, String text) throws Exception {
        assertThat(valid("{\"format\": \"" + format + "\"}", "\"" + text + "\""))
                .isTrue();
    }

    @Test
    void refusesTreesThatAreNoJson() {
        assertThatThrownBy(() -> schema("{}").validate(new POJONode(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POJO");
        assertThatThrownBy(() -> schema("{}").validate(MissingNode.getInstance()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Bug o: its lenient mode fails with a NullPointerException on null. */
    @ParameterizedTest
    @CsvSource({"integer", "number", "boolean", "string", "array", "object"})
    void refusesNullWhateverIsWanted(String type) throws Exception {
        Schema schema = schema("{\"type\": \"" + type + "\"}");
        assertThat(schema.validate(json("null"))).extracting(Violation::keyword).containsExactly("type");
        TextDecoder decoder = TextDecoder.of(schema.root(), schema.root());
        assertThat(decoder.decode("null")).isEqualTo(com.fasterxml.jackson.databind.node.TextNode.valueOf("null"));
    }

    /** Bug q: after a refusal in its fast mode, what it says of the next one is said of the wrong schema. */
    @Test
    void saysOfEachValueWhatIsWrongWithThatOne() throws Exception {
        Schema schema = schema(
                "{\"properties\": {\"a\": {\"properties\": {\"b\": {\"minimum\": 1}}}, \"c\": {\"type\": \"string\"}}, \"required\": [\"c\"]}");
        for (int i = 0; i < 3; i++) {
            assertThat(schema.validate(json("{\"a\": {\"b\": 0}, \"c\": \"x\"}")))
                    .extracting(violation -> violation.pointer() + " " + violation.keyword())
                    .containsExactly("/a/b minimum");
            assertThat(schema.validate(json("{\"a\": {\"b\": 1}}")))
                    .extracting(violation -> violation.pointer() + " " + violation.keyword())
                    .containsExactly("/c required");
            assertThat(schema.validate(json("{\"c\": 1}")))
                    .extracting(violation -> violation.pointer() + " " + violation.keyword())
                    .containsExactly("/c type");
            assertThat(schema.validate(json("{\"c\": \"x\"}"))).isEmpty();
        }
    }

    /** Its refusal of a {@code not} prints the whole schema, which fails where {@code dependencies} are of both kinds. */
    @ParameterizedTest
    @ValueSource(strings = {"4", "6", "7"})
    void judgesNotOfASchemaThatTheEngineCannotPrint(String draft) throws Exception {
        Schema schema = schema("{\"$schema\": \"http://json-schema.org/draft-0" + draft
                + "/schema#\", \"not\": {\"dependencies\":" + " {\"a\": [\"b\"], \"c\": {\"required\": [\"d\"]}}}}");
        for (String allowed : List.of("{}", "1", "{\"a\": 1, \"b\": 1}", "{\"c\": 1, \"d\": 1}")) {
            assertThat(schema.validate(json(allowed)))
                    .extracting(Violation::keyword)
                    .containsExactly("not");
        }
        assertThat(schema.validate(json("{\"a\": 1}"))).isEmpty();
        assertThat(schema.validate(json("{\"c\": 1}"))).isEmpty();
    }

    @Test
    void takesFormatsOfItsOwn() throws Exception {
        Schema schema = Schemas.load(config ->
                        config.format("even", text -> text.length() % 2 == 0).json("it", "{\"format\": \"even\"}"))
                .get("it");
        assertThat(schema.validate(json("\"ab\""))).isEmpty();
        assertThat(schema.validate(json("\"abc\"")))
                .extracting(Violation::message)
                .containsExactly("must be of the format even");
    }

    @Test
    void judgesAlternativesWithADiscriminatorAsWithoutOne() throws Exception {
        String alternatives =
                "{\"properties\": {\"k\": {\"const\": \"a\"}, \"x\": {\"type\": \"integer\"}}, \"required\": [\"x\"]},"
                        + " {\"properties\": {\"k\": {\"enum\": [\"b\", \"c\"]}}, \"type\": \"object\"},"
                        + " {\"properties\": {\"k\": {\"enum\": [\"d\"]}, \"x\": {\"type\": \"string\"}}}";
        for (String keyword : List.of("oneOf", "anyOf")) {
            Schema told = schema("{\"" + keyword + "\": [" + alternatives + "]}");
            // an alternative that nothing fits has no member that tells it apart
            Schema untold = schema("{\"" + keyword + "\": [" + alternatives + ", false]}");
            int valid = 0;
            for (String k : List.of("\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "1", "null", "")) {
                for (String x : List.of("1", "\"1\"", "")) {
                    ObjectNode value = JsonNodeFactory.instance.objectNode();
                    if (!k.isEmpty()) {
                        value.set("k", json(k));
                    }
                    if (!x.isEmpty()) {
                        value.set("x", json(x));
                    }
                    boolean expected = untold.validate(value).isEmpty();
                    valid += expected ? 1 : 0;
                    assertThat(told.validate(value).isEmpty())
                            .as("%s of %s", keyword, value)
                            .isEqualTo(expected);
                }
            }
            assertThat(valid).isBetween(5, 15);
            assertThat(told.validate(json("[]")).isEmpty())
                    .isEqualTo(untold.validate(json("[]")).isEmpty());
        }
    }
}
