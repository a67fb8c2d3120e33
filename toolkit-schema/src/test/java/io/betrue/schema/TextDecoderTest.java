package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
    private static Schema schema(String text) {
        return Schemas.load(config -> config.json("it", text.replace('\'', '"')))
                .get("it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'array', 'items': {'type': 'integer'}} | [1,2]",
                "{'allOf': [{'type': 'array', 'items': {'type': 'integer'}}]} | [1,2]",
                "{'allOf': [{'type': 'array'}, {'items': {'type': 'integer'}}]} | [1,2]",
                "{'anyOf': [{'type': 'null'}, {'$ref': '#/definitions/a'}], 'definitions': {'a': {'type': 'array', 'items': {'type': 'integer'}}}} | [1,2]",
                "{'type': 'array', 'items': [{'type': 'integer'}, {'type': 'string'}]} | [1,\"2\"]",
                "{'type': 'array', 'items': [{'type': 'string'}], 'additionalItems': {'type': 'integer'}} | [\"1\",2]",
                "{'type': 'array', 'allOf': [{'$ref': '#/definitions/a'}], 'definitions': {'a': {'anyOf': [{'$ref': '#/definitions/b'}]}, 'b': {'minItems': 1}}} | [\"1\",\"2\"]",
            })
    void findsTheItemsOfAnArrayWhereverTheyAreDescribed(String text, String expected) {
        Schema schema = schema(text);
        TextDecoder decoder = TextDecoder.of(schema.root(), schema.root());
        assertThat(decoder.array()).isTrue();
        assertThat(decoder.decode(List.of("1", "2"))).hasToString(expected);
        assertThat(schema.validate(decoder.decode(List.of("1", "2")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'additionalProperties': {'type': 'integer'}} | a | 5",
                "{'properties': {'a': {'type': 'string'}}, 'additionalProperties': {'type': 'integer'}} | a | \"5\"",
                "{'patternProperties': {'^b': {'type': 'integer'}}} | b1 | 5",
                "{'patternProperties': {'^b': {'type': 'integer'}}} | a1 | \"5\"",
                "{'patternProperties': {'^b': {'type': 'string'}}, 'additionalProperties': {'type': 'integer'}} | b | \"5\"",
                "{'allOf': [{'additionalProperties': {'type': 'array', 'items': {'type': 'integer'}}}]} | a | [5]",
                "{'additionalProperties': false} | a | \"5\""
            })
    void findsTheTypeOfAFieldThatHasNoNameInTheSchema(String text, String name, String expected) {
        BodyCheck check = new BodyCheck(RouteParts.form("it"), schema(text));
        assertThat(check.field(name, List.of("5"))).hasToString(expected);
    }
}
