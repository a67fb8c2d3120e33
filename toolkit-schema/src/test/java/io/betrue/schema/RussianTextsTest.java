package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What violations say to who asks for Russian. */
class RussianTextsTest {
    private static final ErrorCatalogue CATALOGUE =
            ErrorCatalogue.of().messages(Violation.MESSAGES, Locale.forLanguageTag("ru"));

    private static String russian(FieldError error) {
        Problem problem = StandardError.VALIDATION_FAILED.problem().error(error).build();
        return String.valueOf(
                CATALOGUE.localise(problem, "ru").problem().errors().get(0).detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 'integer'} | 'x' | ожидается: целое число",
                "{'type': ['string', 'null']} | 1 | ожидается: строка, null",
                "{'enum': ['EUR', 'USD', 1]} | 'x' | допустимые значения: EUR, USD, 1",
                "{'const': 'x'} | 1 | допустимое значение: x",
                "{'const': {'a': [1]}} | 1 | допустимое значение: {\"a\":[1]}",
                "{'minLength': 1} | '' | минимум символов: 1",
                "{'maxLength': 1} | 'xx' | максимум символов: 1",
                "{'pattern': '^a$'} | 'b' | должно соответствовать шаблону ^a$",
                "{'format': 'email'} | 'b' | ожидается: адрес электронной почты",
                "{'minimum': 2} | 1 | должно быть не меньше 2",
                "{'maximum': 2} | 3 | должно быть не больше 2",
                "{'exclusiveMinimum': 2} | 2 | должно быть больше 2",
                "{'exclusiveMaximum': 2} | 2 | должно быть меньше 2",
                "{'multipleOf': 2} | 3 | должно быть кратно 2",
                "{'minItems': 1} | [] | минимум элементов: 1",
                "{'maxItems': 1} | [1, 2] | максимум элементов: 1",
                "{'items': [{}], 'additionalItems': false} | [1, 2] | максимум элементов: 1",
                "{'uniqueItems': true} | [1, 1] | элементы не должны повторяться, индекс повтора: 1",
                "{'contains': {'type': 'string'}} | [1] | нет элемента требуемого вида",
                "{'minProperties': 1} | {} | минимум полей: 1",
                "{'maxProperties': 0} | {'a': 1} | максимум полей: 0",
                "{'required': ['a']} | {} | обязательное поле",
                "{'additionalProperties': false} | {'a': 1} | неизвестное поле",
                "{'propertyNames': {'maxLength': 0}} | {'a': 1} | недопустимое имя поля",
                "{'dependencies': {'a': ['b']}} | {'a': 1} | обязательно вместе с «a»",
                "{'oneOf': [{}, {}]} | 1 | должен подходить ровно один вариант",
                "{'not': {}} | 1 | недопустимое значение",
                "{'properties': {'a': false}} | {'a': 1} | не допускается"
            })
    void translatesEachKeyword(String schema, String value, String text) throws Exception {
        Schema it = Schemas.load(config -> config.json("it", schema.replace('\'', '"')))
                .get("it");
        Violation violation =
                it.validate(StrictJson.read(value.replace('\'', '"'))).get(0);

        assertThat(russian(violation.toFieldError())).isEqualTo(text);
    }

    @Test
    void hasWordsForAllFormats() {
        assertThat(Messages.FORMATS.keySet()).allSatisfy(format -> {
            FieldError error = FieldError.body("", "format").detail("must be …").with("format", format);
            assertThat(russian(error)).startsWith("ожидается: ").isNotEqualTo("ожидается: " + format);
        });
    }

    @Test
    void leavesTheCatalogueComplete() {
        assertThat(CATALOGUE.verify()).isEmpty();
    }

    @Test
    void keepsTextsOfOtherLanguages() {
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .error(new Violation("/a", "minLength", Map.of("minLength", 1), "must have at least 1 character")
                        .toFieldError())
                .build();
        for (String language : List.of("en", "de")) {
            assertThat(CATALOGUE.localise(problem, language).problem().errors())
                    .extracting(FieldError::detail)
                    .containsExactly("must have at least 1 character");
        }
    }
}
