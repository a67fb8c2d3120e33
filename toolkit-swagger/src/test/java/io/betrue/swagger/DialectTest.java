package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    private final List<String> losses = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "7 | {'const': 1} | {'const': 1}",
                "7 | {'type': ['string', 'null']} | {'type': ['string', 'null']}",
                "7 | {'items': [{'type': 'string'}], 'additionalItems': false} | {'prefixItems': [{'type': 'string'}], 'items': false}",
                "7 | {'items': {'type': 'string'}, 'additionalItems': false} | {'items': {'type': 'string'}}",
                "7 | {'dependencies': {'a': ['b'], 'c': {'type': 'object'}}} |"
                        + " {'dependentRequired': {'a': ['b']}, 'dependentSchemas': {'c': {'type': 'object'}}}",
                "7 | {'$id': 'x', '$schema': 'y', '$comment': 'z', 'definitions': {'a': {}}} | {}",
                "7 | {'$ref': '#', 'maxLength': 1} | {'$ref': '#'}",
                "7 | {'properties': {'$ref': {'type': 'string'}, 'id': {'$id': 'x'}}} | {'properties': {'$ref': {'type': 'string'}, 'id': {}}}",
                "4 | {'minimum': 1, 'exclusiveMinimum': true} | {'exclusiveMinimum': 1}",
                "7 | {'items': []} | {}",
                "7 | {'deprecated': 'since 2', 'readOnly': true} | {'readOnly': true}",
                "4 | {'exclusiveMinimum': true} | {}",
                "4 | {'maximum': 1, 'exclusiveMaximum': false} | {'maximum': 1}",
                "4 | {'id': 'x', 'const': 1, 'if': {}, 'enum': [{'const': 1}]} | {'enum': [{'const': 1}]}",
                "6 | {'if': {'const': 1}, 'then': false, 'const': 2} | {'const': 2}",
                "7 | {'prefixItems': [true], 'unevaluatedProperties': false, 'dependentRequired': {'a': ['b']}, 'x-a': 1} | {'x-a': 1}",
                "7 | {'if': {'items': [true]}, 'then': false} | {'if': {'prefixItems': [{}]}, 'then': {'not': {}}}"
            })
    void version31SaysTheSame(int draft, String from, String to) {
        assertThat(convert(Version.V31, draft, from)).isEqualTo(read(to));
        assertThat(losses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'const': 1} | {'enum': [1]}",
                "{'type': ['string', 'null'], 'maxLength': 2} | {'maxLength': 2, 'type': 'string', 'nullable': true}",
                "{'type': 'null'} | {'type': 'string', 'nullable': true, 'enum': [null]}",
                "{'type': ['string', 'integer'], 'minimum': 1} | {'minimum': 1, 'anyOf': [{'type': 'string'}, {'type': 'integer'}]}",
                "{'type': ['integer', 'number']} | {'type': 'number'}",
                "{'type': ['string', 'array'], 'anyOf': [{'minLength': 1}]} |"
                        + " {'anyOf': [{'minLength': 1}], 'allOf': [{'anyOf': [{'type': 'string'}, {'type': 'array', 'items': {}}]}]}",
                "{'oneOf': [{'$ref': '#'}, {'type': 'null'}]} | {'oneOf': [{'$ref': '#'}, {'type': 'string', 'nullable': true, 'enum': [null]}]}",
                "{'anyOf': [{'type': 'null'}, {'type': 'string'}]} | {'allOf': [{'type': 'string', 'nullable': true}]}",
                "{'anyOf': [{'type': 'null'}, {'type': 'string', 'not': {'const': 'a'}}]} |"
                        + " {'anyOf': [{'type': 'string', 'nullable': true, 'enum': [null]}, {'not': {'enum': ['a']}, 'type': 'string'}]}",
                "{'type': 'null', 'const': 1} | {'enum': [1], 'not': {}}",
                "{'exclusiveMinimum': 1} | {'minimum': 1, 'exclusiveMinimum': true}",
                "{'items': {'const': 1}, 'x-unit': 'm'} | {'x-unit': 'm', 'items': {'enum': [1]}}",
                "{'anyOf': [{'type': 'null'}, {'type': 'string'}], 'allOf': [{'minLength': 1}]} |"
                        + " {'anyOf': [{'type': 'string', 'nullable': true, 'enum': [null]}, {'type': 'string'}], 'allOf': [{'minLength': 1}]}",
                "{'default': null} | {'default': null}",
                "{'exclusiveMinimum': 1, 'minimum': 1} | {'minimum': 1, 'exclusiveMinimum': true}",
                "{'exclusiveMaximum': 1, 'maximum': 1} | {'maximum': 1, 'exclusiveMaximum': true}",
                "{'exclusiveMinimum': 1, 'minimum': 2} | {'minimum': 2}",
                "{'exclusiveMaximum': 1, 'maximum': 2} | {'maximum': 1, 'exclusiveMaximum': true}",
                "{'type': 'string', 'default': 'a'} | {'default': 'a', 'type': 'string'}",
                "{'type': ['integer', 'null'], 'default': null} | {'default': null, 'type': 'integer', 'nullable': true}",
                "{'type': 'array'} | {'type': 'array', 'items': {}}",
                "{'additionalProperties': false, 'required': []} | {'additionalProperties': false}",
                "{'additionalProperties': {'const': 1}} | {'additionalProperties': {'enum': [1]}}",
                "{'properties': {'a': true, 'b': false}} | {'properties': {'a': {}, 'b': {'not': {}}}}",
                "{'examples': [1, 2]} | {'example': 1}",
                "{'type': 'string', 'contentEncoding': 'base64'} | {'format': 'byte', 'type': 'string'}",
                "{'$ref': '#/definitions/a', 'type': 'string'} | {'$ref': '#/definitions/a'}"
            })
    void version30SaysTheSameInOtherWords(String from, String to) {
        assertThat(convert(Version.V30, 7, from)).isEqualTo(read(to));
        assertThat(losses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'if': {'type': 'string'}, 'then': {'minLength': 1}, 'else': false} | {} | if, then and else",
                "{'type': 'integer', 'default': 1.5} | {'type': 'integer'} | that a default is of another type",
                "{'type': 'integer', 'default': null} | {'type': 'integer'} | that a default is of another type",
                "{'propertyNames': {'maxLength': 1}} | {} | propertyNames",
                "{'contains': true} | {} | contains",
                "{'dependencies': {'a': ['b']}} | {} | dependencies",
                "{'patternProperties': {'a': {'const': 1}}, 'additionalProperties': false} |"
                        + " {'additionalProperties': {'anyOf': [{'enum': [1]}, {'not': {}}]}} | patternProperties",
                "{'patternProperties': {'a': {'const': 1}}} | {} | patternProperties",
                "{'type': 'array', 'items': [{'const': 1}, {'const': 2}], 'additionalItems': false} |"
                        + " {'items': {'anyOf': [{'enum': [1]}, {'enum': [2]}]}, 'maxItems': 2, 'type': 'array'} | the order of items",
                "{'items': [{'const': 1}, {'const': 2}], 'additionalItems': false, 'maxItems': 1} |"
                        + " {'maxItems': 1, 'items': {'anyOf': [{'enum': [1]}, {'enum': [2]}]}} | the order of items",
                "{'items': [{'const': 1}], 'additionalItems': {'const': 3}} |"
                        + " {'items': {'anyOf': [{'enum': [1]}, {'enum': [3]}]}} | the order of items",
                "{'type': 'array', 'items': [{'const': 1}]} | {'items': {}, 'type': 'array'} | the order of items",
                "{'not': {'contains': {'const': 1}}} | {} | not, with what is in it",
                "{'oneOf': [{'contains': true}, {'type': 'string'}], 'anyOf': [{'minLength': 1}]} |"
                        + " {'anyOf': [{'minLength': 1}], 'allOf': [{'anyOf': [{}, {'type': 'string'}]}]} | oneOf, with what is in it",
                "{'oneOf': [{'contains': true}, {'type': 'string'}]} | {'anyOf': [{}, {'type': 'string'}]} | oneOf, with what is in it"
            })
    void version30AllowsMoreWhereItHasNoWords(String from, String to, String loss) {
        assertThat(convert(Version.V30, 7, from)).isEqualTo(read(to));
        assertThat(losses).anyMatch(text -> text.startsWith("schema test: OpenAPI 3.0 cannot say " + loss));
    }

    @Test
    void aDeepSchemaIsReadOncePerPlace() {
        String deep = "{'contains': true}";
        for (int i = 0; i < 40; i++) {
            deep = "{'not': {'oneOf': [" + deep + "]}}";
        }
        String schema = deep;
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> convert(Version.V30, 7, schema));
        assertThat(losses).isNotEmpty();
    }

    @Test
    void lossesNameThePlace() {
        convert(Version.V30, 7, "{'properties': {'a/b': {'items': {'contains': true}}}}");
        assertThat(losses).singleElement().asString().contains("schema test at /properties/a~1b/items:");
    }

    private JsonNode convert(Version version, int draft, String from) {
        JsonNode source = new SourceSchema(draft, target -> target).read(read(from));
        return version.dialect().schema("test", source, losses);
    }

    private static JsonNode read(String text) {
        return Served.read(text.replace('\'', '"'));
    }
}
