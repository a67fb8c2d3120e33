package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix of the README: what an empty variable is, for every type and each way to declare it. */
class EmptyStringMatrixTest {
    enum One {
        ONE
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(ValueType.string(), "text", ""),
                Arguments.of(ValueType.matching(Pattern.compile(".*")), "text", ""),
                Arguments.of(ValueType.secret(), "text", ""),
                Arguments.of(ValueType.integer(), "1", " "),
                Arguments.of(ValueType.longInteger(), "1", " "),
                Arguments.of(ValueType.decimal(), "1", " "),
                Arguments.of(ValueType.bool(), "true", " "),
                Arguments.of(ValueType.enumOf(One.class), "one", " "),
                Arguments.of(ValueType.url(), "http://a.example", " "),
                Arguments.of(ValueType.uri(), "a:b", " "),
                Arguments.of(ValueType.port(), "1", " "),
                Arguments.of(ValueType.listenPort(), "1", " "),
                Arguments.of(ValueType.hostPort(), "a:1", " "),
                Arguments.of(ValueType.email(), "a@b.cd", " "),
                Arguments.of(ValueType.duration(), "1s", " "),
                Arguments.of(ValueType.dataSize(), "1B", " "),
                Arguments.of(ValueType.path(), "a", " "),
                Arguments.of(ValueType.timeZone(), "UTC", " "),
                Arguments.of(ValueType.base64(), "YQ==", " "),
                Arguments.of(ValueType.of("own", "1", Integer::valueOf), "1", " "));
    }

    @ParameterizedTest
    @MethodSource("types")
    void emptyIsUnsetForEveryTypeByItself(ValueType<?> type, String fallback, String blank) {
        for (String empty : List.of("", blank)) {
            TestGroup required = TestGroup.x(empty, item -> item.as(type));
            assertThat(required.problems()).containsExactly("is required but empty");
            assertThat(required.errors().get(0).origin()).isEqualTo("environment");

            List<Object> values = new ArrayList<>();
            TestGroup other = TestGroup.of(Map.of("X", empty, "Y", empty), group -> {
                values.add(group.item("X").orElse(fallback).as(type));
                values.add(group.item("Y").optional().as(type));
            });
            assertThat(other.errors()).isEmpty();
            assertThat(values.get(0)).isEqualTo(type.convert(fallback));
            assertThat(values.get(1)).isEqualTo(Optional.empty());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void emptyIsUnsetForListsOfEveryType(ValueType<?> type, String fallback, String blank) {
        assertThat(TestGroup.x("", item -> item.asListOf(type)).problems()).containsExactly("is required but empty");
        TestGroup.x(
                blank,
                item -> assertThat(item.orElse(List.of(fallback)).asListOf(type))
                        .hasSize(1));
        TestGroup.x(" ", item -> assertThat(item.optional().asListOf(type)).isEmpty());
        TestGroup.x(
                "",
                item -> assertThat(item.orElse(fallback).allowEmpty().asListOf(type))
                        .isEmpty());
        TestGroup.x(
                "",
                item -> assertThat(item.optional().allowEmpty().asListOf(type)).contains(List.of()));
    }

    @Test
    void emptyIsAValueOfTextsByChoice() {
        TestGroup.x("", item -> assertThat(item.allowEmpty().asString()).isEmpty());
        TestGroup.x(
                "",
                item -> assertThat(item.orElse("text").allowEmpty().asString()).isEmpty());
        TestGroup.x(
                "", item -> assertThat(item.optional().allowEmpty().asString()).contains(""));
        TestGroup.x(
                "", item -> assertThat(item.allowEmpty().asSecret().reveal()).isEmpty());
    }

    @Test
    void anEmptyVariableFallsThroughToTheNextSource() {
        TestGroup.of(Environment.of(Map.of("X", "")).with("X", ""), group -> {
            assertThat(group.item("X").orElse(5).asInt()).isEqualTo(5);
        });
    }
}
