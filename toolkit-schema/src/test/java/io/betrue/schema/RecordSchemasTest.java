package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSchemasTest {
    // tag::record[]
    enum Currency {
        EUR,
        @JsonProperty("usd")
        USD
    }

    record Money(@DecimalMin(value = "0", inclusive = false) BigDecimal amount, Currency currency) {}

    record Order(
            UUID id,
            @JsonProperty("placed_at") Instant placedAt,
            @Size(min = 1, max = 3) List<Money> payments,
            @Nullable @Size(max = 500) String note) {}
    // end::record[]

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Leaf.class, name = "leaf")})
    sealed interface Tree permits Leaf, Branch {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Leaf(int size) implements Tree {}

    @JsonTypeName("branch")
    record Branch(List<Tree> below, Map<String, @Nullable Tree> named, Optional<Tree> other) implements Tree {}

    @SuppressWarnings("ArrayRecordComponent")
    record Plain(
            byte small,
            Long large,
            double real,
            boolean yes,
            char letter,
            Set<String> tags,
            LocalTime time,
            LocalDateTime at,
            byte[] bytes,
            Object any,
            @Nullable Plain next,
            @Nullable Currency currency,
            int[] numbers) {}

    record Generic<T>(T value) {}

    record HasThread(Thread thread) {}

    sealed interface Untold permits Told {}

    record Told() implements Untold {}

    private static JsonNode json(String text) throws Exception {
        return TestSuite.JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void describesARecordAsJacksonWritesIt() throws Exception {
        // tag::use[]
        Schemas schemas = Schemas.load(config -> config.record("order", Order.class));
        // end::use[]
        assertThat(schemas.get("order").document()).isEqualTo(json("""
                        {'$schema': 'http://json-schema.org/draft-07/schema#', 'type': 'object', 'properties': {
                          'id': {'type': 'string', 'format': 'uuid'},
                          'placed_at': {'type': 'string', 'format': 'date-time'},
                          'payments': {'type': 'array', 'items': {'$ref': '#/definitions/Money'}, 'minItems': 1, 'maxItems': 3},
                          'note': {'type': ['string', 'null'], 'maxLength': 500}},
                         'required': ['id', 'placed_at', 'payments'], 'additionalProperties': false,
                         'definitions': {'Money': {'type': 'object', 'properties': {
                           'amount': {'type': 'number', 'exclusiveMinimum': 0},
                           'currency': {'enum': ['EUR', 'usd']}},
                          'required': ['amount', 'currency'], 'additionalProperties': false}}}
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind': 'leaf', 'size': 1, 'more': 2} | ``",
                "{'kind': 'branch', 'below': [{'kind': 'leaf', 'size': 'x'}], 'named': {}} | /below/0/size",
                "{'kind': 'branch', 'below': [], 'named': {'a': null}, 'other': null} | ``",
                "{'kind': 'branch', 'below': [], 'named': {'a': 1}} | /named/a",
                "{'kind': 'twig'} | /kind",
                "{'kind': 'branch', 'below': [], 'named': {}, 'more': 1} | /more",
                "{'kind': 'leaf', 'size': 2147483648} | /size",
            })
    void describesSealedInterfacesByTheirDiscriminator(String value, String pointer) throws Exception {
        List<Violation> violations = Schemas.of(Tree.class).validate(json(value));
        assertThat(violations.isEmpty() ? "" : violations.get(0).pointer()).isEqualTo(pointer);
        assertThat(violations).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void describesPlainTypes() throws Exception {
        Schema schema = Schemas.of(Plain.class);
        String good =
                "{'small': 127, 'large': 1, 'real': 0.5, 'yes': true, 'letter': 'x', 'tags': ['a'], 'time': '23:59:59.123',"
                        + " 'at': '2026-11-21T10:00', 'bytes': 'AA==', 'any': [], 'next': null, 'numbers': [1]}";
        assertThat(schema.validate(json(good))).isEmpty();
        assertThat(
                        schema.validate(
                                json(
                                        "{'small': 128, 'large': 1.5, 'real': '', 'yes': 0, 'letter': 'xy', 'tags': ['a', 'a'],"
                                                + " 'time': 'T1', 'at': '2026-11-21', 'bytes': 1, 'next': 1, 'currency': 'x', 'numbers': ['']}")))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/any",
                        "/small",
                        "/large",
                        "/real",
                        "/yes",
                        "/letter",
                        "/tags",
                        "/time",
                        "/at",
                        "/bytes",
                        "/next",
                        "/currency",
                        "/numbers/0");
        assertThat(schema.validate(json(good.replace("null,", "null, 'currency': null,"))))
                .isEmpty();
    }

    @Test
    void namesWhatCannotBeDescribed() {
        assertThatThrownBy(() -> Schemas.of(Generic.class))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("component value of")
                .hasMessageContaining("type T has no schema");
        assertThatThrownBy(() -> Schemas.of(HasThread.class)).hasMessageContaining("java.lang.Thread has no schema");
        assertThatThrownBy(() -> Schemas.of(Untold.class)).hasMessageContaining("needs @JsonTypeInfo(use = NAME)");
    }
}
