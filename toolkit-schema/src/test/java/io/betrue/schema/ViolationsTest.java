package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.FieldError;
import io.betrue.errors.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationsTest {
    private static final String SECRET = "hunter2-SECRET";

    private static JsonNode json(String text) throws Exception {
        return TestSuite.JSON.readTree(text);
    }

    private static List<Violation> violations(String schema, String value) throws Exception {
        return Schemas.load(config -> config.json("it", schema)).get("it").validate(json(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 'string'} | 1 | type | {type=string} | must be a string",
                "{'type': ['integer', 'null']} | 1.5 | type | {type=[integer, null]} | must be a whole number or null",
                "{'enum': ['a', 1, null]} | 'b' | enum | {enum=[a, 1, null]} | must be one of \"a\", 1, null",
                "{'const': {'a': 1}} | {} | const | {const={a=1}} | must be {\"a\":1}",
                "{'minLength': 1} | '' | minLength | {minLength=1} | must have at least 1 character",
                "{'maxLength': 2} | 'abc' | maxLength | {maxLength=2} | must have at most 2 characters",
                "{'pattern': '^a'} | 'b' | pattern | {pattern=^a} | must match ^a",
                "{'format': 'date'} | 'b' | format | {format=date} | must be a date such as 2026-01-31",
                "{'minimum': 1} | 0 | minimum | {minimum=1} | must be at least 1",
                "{'exclusiveMaximum': 1} | 1 | exclusiveMaximum | {exclusiveMaximum=1} | must be less than 1",
                "{'multipleOf': 0.01} | 0.001 | multipleOf | {multipleOf=0.01} | must be a multiple of 0.01",
                "{'minItems': 1} | [] | minItems | {minItems=1} | must have at least 1 item",
                "{'items': [{}], 'additionalItems': false} | [1, 2] | additionalItems | {maxItems=1} | must have at most 1 item",
                "{'uniqueItems': true} | [1, 2, 1.0] | uniqueItems | {duplicate=2} | must not have the same item twice",
                "{'contains': {'const': 1}} | [2] | contains | {} | must have an item of the kind that is demanded",
                "{'maxProperties': 0} | {'a': 1} | maxProperties | {maxProperties=0} | must have at most 0 members",
                "{'not': {'type': 'string'}} | '' | not | {} | is what must not be",
                "false | 1 | false | {} | is not allowed",
            })
    void tellsTheKeywordItsParametersAndAText(
            String schema, String value, String keyword, String parameters, String message) throws Exception {
        Violation violation =
                violations(schema.replace('\'', '"'), value.replace('\'', '"')).get(0);
        assertThat(violation.pointer()).isEmpty();
        assertThat(violation.keyword()).isEqualTo(keyword);
        assertThat(violation.parameters()).hasToString(parameters);
        assertThat(violation.message()).isEqualTo(message);
    }

    @Test
    void pointsAtMembersWithAnyNameByRfc6901() throws Exception {
        String schema =
                "{\"additionalProperties\": {\"items\": {\"anyOf\": [{\"properties\": {\"x/y\": {\"type\": \"null\"}}}]}}}";
        String names =
                "{\"a/b\": [{\"x/y\": 1}], \"m~n\": [{\"x/y\": 1}], \"~1\": [{\"x/y\": 1}], \"c%d\": [{\"x/y\": 1}],"
                        + " \"k\\\"l\": [{\"x/y\": 1}], \" \": [{\"x/y\": 1}], \"\": [{\"x/y\": 1}]}";
        assertThat(violations(schema, names))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/a~1b/0/x~1y",
                        "/m~0n/0/x~1y",
                        "/~01/0/x~1y",
                        "/c%d/0/x~1y",
                        "/k\"l/0/x~1y",
                        "/ /0/x~1y",
                        "//0/x~1y");
        JsonNode value = json(names);
        for (Violation violation : violations(schema, names)) {
            assertThat(value.at(violation.pointer()).isMissingNode()).isFalse();
        }
    }

    @Test
    void pointsAtWhatIsMissingAndAtWhatIsUnknown() throws Exception {
        assertThat(violations(
                        "{\"required\": [\"a\", \"b/c\"], \"properties\": {\"a\": {}}, \"additionalProperties\": false,"
                                + " \"dependencies\": {\"x\": [\"y\"]}, \"propertyNames\": {\"maxLength\": 3}}",
                        "{\"x\": 1, \"long name\": 2}"))
                .extracting(violation -> violation.pointer() + " " + violation.keyword() + " " + violation.parameters())
                .containsExactly(
                        "/a required {required=a}",
                        "/b~1c required {required=b/c}",
                        "/x additionalProperties {}",
                        "/long name additionalProperties {}",
                        "/long name propertyNames {maxLength=3}",
                        "/y dependencies " + Map.of("required", "y", "because", "x"));
    }

    @Test
    void neverHasTheRefusedValueInIt() throws Exception {
        List<String> schemas = List.of(
                "{\"type\": \"object\"}",
                "{\"enum\": [\"a\"]}",
                "{\"const\": 1}",
                "{\"pattern\": \"^x\"}",
                "{\"format\": \"email\"}",
                "{\"maxLength\": 1}",
                "{\"not\": {}}",
                "{\"anyOf\": [{\"type\": \"null\"}, {\"maxLength\": 2}]}",
                "{\"oneOf\": [{}, {}]}",
                "{\"if\": {}, \"then\": false}",
                "{\"allOf\": [false]}");
        for (String schema : schemas) {
            assertThat(violations(schema, "\"" + SECRET + "\"").toString())
                    .as(schema)
                    .isNotEqualTo("[]")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void keepsTheOrderOfTheSchemaAndOfTheValue() throws Exception {
        String schema = "{\"properties\": {\"z\": {\"minimum\": 5}, \"a\": {\"minimum\": 5}, \"m\": {\"minimum\": 5}},"
                + " \"required\": [\"q\"]}";
        for (int i = 0; i < 20; i++) {
            assertThat(violations(schema, "{\"m\": 1, \"a\": 1, \"z\": 1}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/q", "/z", "/a", "/m");
        }
    }

    @Test
    void tellsAtMostAHundredOfOneObject() throws Exception {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 150; i++) {
            schema.withArray("required").add("m" + i);
        }
        Schema it = Schemas.load(config -> config.json("it", schema.toString())).get("it");
        assertThat(it.validate(JsonNodeFactory.instance.objectNode())).hasSize(100);
    }

    @Test
    void countsMembersThatDoNotFitAgainstAnAlternative() throws Exception {
        Schema it = Schemas.load(config -> config.json(
                        "it",
                        "{\"oneOf\": [{\"required\": [\"a\"], \"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"type\": \"integer\"}}},"
                                + " {\"required\": [\"a\", \"c\"], \"properties\": {\"a\": {\"type\": \"string\"}}}]}"))
                .get("it");
        assertThat(it.validate(TestSuite.JSON.readTree("{\"a\": \"x\", \"b\": \"y\"}")))
                .extracting(violation -> violation.pointer() + " " + violation.keyword())
                .containsExactly("/c required");
    }

    @Test
    void tellsAtMostAHundred() throws Exception {
        String many = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        assertThat(violations("{\"items\": {\"type\": \"string\"}}", many)).hasSize(100);
    }

    @Test
    void tellsOnceWhatIsDemandedTwice() throws Exception {
        assertThat(violations("{\"allOf\": [{\"minimum\": 5}, {\"minimum\": 5}]}", "1"))
                .hasSize(1);
    }

    private static final String SHAPES = """
            {"oneOf": [{"$ref": "#/definitions/circle"}, {"$ref": "#/definitions/square"}, {"$ref": "#/definitions/group"}],
             "definitions": {
               "circle": {"required": ["kind", "r"], "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}},
               "square": {"required": ["kind", "side"], "properties": {"kind": {"enum": ["square"]}, "side": {"type": "number"}}},
               "group": {"required": ["kind"], "properties": {"kind": {"const": "group"},
                         "of": {"items": {"$ref": "#"}}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind': 'circle', 'r': 'x'} | /r type",
                "{'kind': 'square'} | /side required",
                "{'kind': 'heart'} | /kind enum",
                "{'r': 1} | /kind required",
                "{'kind': 'group', 'of': [{'kind': 'group', 'of': [{'kind': 'square', 'side': ''}]}]} | /of/0/of/0/side type",
            })
    void explainsTheAlternativeThatTheDiscriminatorNames(String value, String expected) throws Exception {
        assertThat(violations(SHAPES, value.replace('\'', '"')))
                .extracting(violation -> violation.pointer() + " " + violation.keyword())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'anyOf': [{'type': 'null'}, {'type': 'string', 'minLength': 3}]} | 'ab' | ` minLength`",
                "{'anyOf': [{'type': 'null'}, {'type': 'string'}]} | 1 | ` type`",
                "{'oneOf': [{'const': 1}, {'const': 2}]} | 3 | ` enum`",
                "{'oneOf': [{'type': 'string'}, {'minLength': 1}]} | 'a' | ` oneOf`",
                "{'anyOf': [{'required': ['a', 'b']}, {'required': ['c', 'd']}]} | {'c': 1} | /d required",
                "{'anyOf': [{'properties': {'a': {'type': 'string'}}, 'required': ['a']}, "
                        + "{'properties': {'b': {'type': 'string'}}, 'required': ['b']}]} | {'b': 1} | /b type",
            })
    void explainsTheAlternativeThatFitsBest(String schema, String value, String expected) throws Exception {
        assertThat(violations(schema.replace('\'', '"'), value.replace('\'', '"')))
                .extracting(violation -> violation.pointer() + " " + violation.keyword())
                .containsExactly(expected);
    }

    @Test
    void becomesAProblemWithAFieldErrorForEach() throws Exception {
        Schema schema = Schemas.load(config -> config.classPath("schemas")).get("order/create");
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class, () -> schema.check(json("{\"customer\": \"\", \"lines\": []}")));
        assertThat(thrown.problem().errors())
                .extracting(FieldError::at, FieldError::code, FieldError::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/customer", "minLength", "must have at least 1 character"),
                        org.assertj.core.groups.Tuple.tuple("/lines", "minItems", "must have at least 1 item"));
    }
}
