package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFaultsTest {
    private static List<SchemaFault> faults(Consumer<SchemasConfig> config) {
        SchemaException thrown = catchThrowableOfType(SchemaException.class, () -> Schemas.load(config));
        return thrown == null ? List.of() : thrown.faults();
    }

    private static List<SchemaFault> faults(String schema) {
        return faults(config -> config.json("it", schema));
    }

    private static void assertFault(String schema, String pointer, String message) {
        List<SchemaFault> faults = faults(schema);
        assertThat(faults).as(schema).hasSize(1);
        assertThat(faults.get(0).pointer()).isEqualTo(pointer);
        assertThat(faults.get(0).message()).contains(message);
    }

    @Test
    void tellsEveryFaultAtOnceWithItsPlace(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("order.json"), """
                {
                  "type": "object",
                  "requird": ["id"],
                  "properties": {
                    "id": {"type": "strng"},
                    "lines": {"$ref": "line.json"}
                  }
                }
                """);
        Files.writeString(directory.resolve("user.json"), "{\n  \"minLength\": -1,\n}");
        SchemaException thrown =
                catchThrowableOfType(SchemaException.class, () -> Schemas.load(config -> config.directory(directory)));
        assertThat(thrown.faults())
                .extracting(fault -> Path.of(fault.file()).getFileName() + ":" + fault.line() + ":" + fault.column()
                        + " " + fault.pointer())
                .containsExactly(
                        "order.json:3:14 /requird",
                        "order.json:5:20 /properties/id/type",
                        "order.json:6:23 /properties/lines/$ref",
                        "user.json:3:1 ");
        assertThat(thrown)
                .hasMessageStartingWith("schemas cannot be used, 4 faults:\n  " + directory)
                .hasMessageContaining("did you mean \"required\"?")
                .hasMessageContaining("did you mean \"string\"?")
                .hasMessageContaining("refers to \"line.json\", which is not among the registered schemas")
                .hasMessageContaining("is not JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'maxlength': 3} | /maxlength | did you mean \"maxLength\"",
                "{'propertys': {}} | /propertys | did you mean \"properties\"",
                "{'tpye': 'string'} | /tpye | did you mean \"type\"",
                "{'eunm': []} | /eunm | did you mean \"enum\"",
                "{'enums': []} | /enums | did you mean \"enum\"",
                "{'id': 'x'} | /id | did you mean \"$id\"",
                "{'format': 'datetime'} | /format | did you mean \"date-time\"",
                "{'unevaluatedProperties': false} | /unevaluatedProperties | later draft",
                "{'type': []} | /type | at least one type",
                "{'type': ['string', 'string']} | /type | names \"string\" twice",
                "{'type': 7} | /type | must be one or more of",
                "{'minimum': 'x'} | /minimum | must be a number",
                "{'multipleOf': 0} | /multipleOf | above 0",
                "{'minLength': 1.5} | /minLength | whole number",
                "{'required': 'a'} | /required | array of names",
                "{'required': ['a', 'a']} | /required | names \"a\" twice",
                "{'properties': []} | /properties | object of schemas",
                "{'properties': {'a': 1}} | /properties | object of schemas",
                "{'items': 1} | /items | a schema or an array of schemas",
                "{'allOf': []} | /allOf | at least one schema",
                "{'not': 1} | /not | must be a schema",
                "{'uniqueItems': 'yes'} | /uniqueItems | true or false",
                "{'title': 1} | /title | must be a string",
                "{'enum': 1} | /enum | must be an array",
                "{'dependencies': {'a': 'b'}} | /dependencies/a | array of names, or a schema",
                "{'pattern': '(a'} | /pattern | not a regular expression",
                "{'patternProperties': {'[': {}}} | /patternProperties/[ | without its ]",
                "{'$ref': 1} | /$ref | must be a string",
                "{'allOf': [{'properties': {'x': {'minItem': 1}}}]} | /allOf/0/properties/x/minItem | did you mean",
            })
    void refusesAKeywordThatMeansNothing(String schema, String pointer, String message) {
        assertFault(schema.replace('\'', '"'), pointer, message);
    }

    @Test
    void leavesOtherWordsAlone() {
        assertThat(
                        faults(
                                "{\"x-id\": 1, \"note\": \"\", \"example\": 1, \"nullable\": true, \"$defs\": {}, \"unit\": \"m\", \"tpxe\": 1}"))
                .isEmpty();
    }

    @Test
    void readsTheDraftFromTheSchemaAndRefusesOthers() {
        assertThat(Schemas.load(config -> config.json("a", "{\"$schema\": \"http://json-schema.org/draft-04/schema\"}"))
                        .get("a")
                        .draft())
                .isEqualTo(Draft.DRAFT_4);
        assertThat(Schemas.load(config -> config.json("a", "{}")).get("a").draft())
                .isEqualTo(Draft.DRAFT_7);
        assertThat(Schemas.load(config -> config.draft(Draft.DRAFT_6).json("a", "{}"))
                        .get("a")
                        .draft())
                .isEqualTo(Draft.DRAFT_6);
        assertFault("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}", "/$schema", "another draft");
        assertFault("{\"$schema\": 7}", "/$schema", "another draft");
        assertFault(
                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"properties\": {\"a\": true}}",
                "/properties/a",
                "in draft 4 a schema is an object");
        assertFault(
                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"const\": 1}", "/const", "later draft");
    }

    @Test
    void refusesAReferenceToAnotherDraft() {
        assertThat(faults(config -> config.json("a", "{\"$schema\": \"http://json-schema.org/draft-04/schema#\"}")
                        .json("b", "{\"$ref\": \"a\"}")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("another draft"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$ref': '#/definitions/a', 'definitions': {'a': {}}} | ",
                "{'$ref': '#'} | /$ref",
                "{'allOf': [{'$ref': '#'}]} | ''",
                "{'properties': {'a': {'$ref': '#'}}} | ",
                "{'not': {'anyOf': [{'$ref': '#/not'}]}} | /not",
            })
    void refusesACircleInWhichTheValueStaysTheSame(String schema, String pointer) {
        List<SchemaFault> faults = faults(schema.replace('\'', '"'));
        if (pointer == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).singleElement().satisfies(fault -> {
                assertThat(fault.message()).contains("asks for itself without going into the value");
                assertThat(fault.pointer()).isEqualTo(pointer);
            });
        }
    }

    @Test
    void refusesACircleThroughSeveralDocuments() {
        assertThat(faults(
                        config -> config.json("a", "{\"$ref\": \"b\"}").json("b", "{\"allOf\": [{\"$ref\": \"a\"}]}")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("a# -> b# -> b#/allOf/0 -> a#"));
    }

    @Test
    void refusesSchemasThatDoubleTheWorkOnEachLevel() {
        StringBuilder schema = new StringBuilder("{\"$ref\": \"#/definitions/l20\", \"definitions\": {\"l0\": {}");
        for (int i = 1; i <= 20; i++) {
            String below = "{\"$ref\": \"#/definitions/l" + (i - 1) + "\"}";
            schema.append(",\"l" + i + "\": {\"allOf\": [" + below + "," + below + "]}");
        }
        assertThat(faults(schema + "}}"))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.message()).contains("more than 10000 schemas on one value"));
    }

    @Test
    void refusesAChainOfReferencesThatIsTooLongForTheStack() {
        assertThat(faults(chain(400))).isEmpty();
        assertThat(faults(chain(20_000)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("behind more than 500 others on one value"));
    }

    private static String chain(int length) {
        StringBuilder schema = new StringBuilder("{\"$ref\": \"#/definitions/d0\", \"definitions\": {");
        for (int i = 0; i < length; i++) {
            schema.append("\"d" + i + "\": {\"$ref\": \"#/definitions/d" + (i + 1) + "\"},");
        }
        return schema + "\"d" + length + "\": {\"type\": \"string\"}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'enum': [1e999999999]} | 1:11",
                "{'enum': [1e99999999999]} | 1:11",
                "{'const': 1e99999999} | 1:11",
                "{'multipleOf': 1e-999999999} | 1:16",
                "{'minimum': 1.5e401} | 1:13"
            })
    void refusesNumbersThatNobodyCanCalculateWith(String schema, String place) {
        assertThat(faults(schema.replace('\'', '"'))).singleElement().satisfies(fault -> {
            assertThat(fault.message()).isEqualTo("has a number of more than 400 digits when it is written out");
            assertThat(fault.line() + ":" + fault.column()).isEqualTo(place);
        });
        assertThat(faults("{\"maximum\": 1e308, \"multipleOf\": 1e-8}")).isEmpty();
    }

    @Test
    void refusesTwoOfAName() {
        assertThat(faults(config -> config.json("a", "{}").json("a", "{}")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("has the name \"a\", which a has already"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b"})
    void refusesNamesThatAreNoPaths(String name) {
        assertThat(faults(config -> config.json(name, "{}")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("a name looks like order/create"));
    }

    @Test
    void refusesTwoOfAnIdentifier() {
        assertThat(faults(config -> config.json("a", "{\"$id\": \"http://example.com/x\"}")
                        .json("b", "{\"properties\": {\"c\": {\"$id\": \"http://example.com/x\"}}}")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.pointer()).isEqualTo("/properties/c/$id");
                    assertThat(fault.message()).contains("is the identifier of a too");
                });
    }

    @Test
    void refersAmongTheRegisteredSourcesOnly(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.json"), "{\"type\": \"string\"}");
        for (String reference : List.of(
                secret.toUri().toString(),
                "http://127.0.0.1:1/x.json",
                "secret.json",
                "../../etc/passwd",
                "jar:file:/x!/y")) {
            assertFault("{\"$ref\": \"" + reference + "\"}", "/$ref", "not among the registered schemas");
        }
    }

    @Test
    void resolvesReferencesByNameByIdentifierAndByAddress() throws Exception {
        Schemas schemas = Schemas.load(config -> config.json(
                        "order/create",
                        "{\"properties\": {\"a\": {\"$ref\": \"../money\"}, \"b\": {\"$ref\": \"http://example.com/id#/definitions/x~1y\"},"
                                + " \"c\": {\"$ref\": \"https://example.com/far.json#anchor\"},"
                                + " \"d\": {\"$ref\": \"http://json-schema.org/draft-07/schema#\"}}}")
                .json("money", "{\"type\": \"integer\"}")
                .json(
                        "named",
                        "{\"$id\": \"http://example.com/id\", \"definitions\": {\"x/y\": {\"type\": \"integer\"}}}")
                .reference(
                        URI.create("https://example.com/far.json"),
                        "{\"definitions\": {\"z\": {\"$id\": \"#anchor\", \"type\": \"integer\"}}}"));
        Schema schema = schemas.get("order/create");
        assertThat(schema.validate(TestSuite.JSON.readTree("{\"a\": 1, \"b\": 1, \"c\": 1, \"d\": {}}")))
                .isEmpty();
        assertThat(schema.validate(
                        TestSuite.JSON.readTree("{\"a\": \"\", \"b\": \"\", \"c\": \"\", \"d\": {\"type\": 1}}")))
                .extracting(Violation::pointer)
                .containsExactly("/a", "/b", "/c", "/d/type");
        assertThat(schemas.names()).containsExactly("money", "named", "order/create");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "{'a': 1} x | is not JSON",
                "{} {} | more behind the end",
                "{'type': 'object', 'type': 'array'} | Duplicate field",
                "[] | is no schema",
                "007 | is not JSON",
                "{'minimum': NaN} | is not JSON",
                "{type: 1} | is not JSON",
            })
    void readsNothingButStrictJson(String text, String message) {
        assertThat(faults(text.replace('\'', '"')))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains(message));
    }

    @Test
    void refusesTextThatNestsTooDeep() {
        assertThat(faults("{\"not\": ".repeat(300) + "{}" + "}".repeat(300)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("nesting depth"));
    }

    @Test
    void tellsWhatIsMissingOnTheClassPath() {
        assertThat(faults(config -> config.classPath("nowhere")))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.message()).contains("no directory or jar of the class path has this folder"));
    }
}
