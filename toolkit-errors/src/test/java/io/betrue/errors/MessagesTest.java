package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(ShopError.values());
    private static final ErrorCatalogue TRANSLATED = CATALOGUE.messages("io.betrue.errors.shop", RUSSIAN);

    @Test
    void shippedLanguagesAreComplete() {
        assertThat(ErrorCatalogue.of().verify()).isEmpty();
    }

    @Test
    void languageThatMissesACodeIsFound() {
        assertThat(CATALOGUE.verify())
                .containsExactly(
                        "ru: OUT_OF_STOCK.title is missing (\"Out of stock\")",
                        "ru: OUT_OF_STOCK.detail is missing (\"Only {left} left.\")",
                        "ru: SHOP_CLOSED.title is missing (\"Shop <closed> | & \"quiet\"\")");
        assertThat(TRANSLATED.verify()).isEmpty();
    }

    @Test
    void otherParametersAndStrayKeysAreFound() {
        assertThat(CATALOGUE.messages("io.betrue.errors.broken", RUSSIAN).verify())
                .containsExactlyInAnyOrder(
                        "ru: OUT_OF_STOCK.title is missing (\"Out of stock\")",
                        "ru: OUT_OF_STOCK.detail has the parameters [rest], expected [left]",
                        "ru: OUT_OF_STOK.title belongs to no code of this catalogue",
                        "ru: SHOP_CLOSED.detail belongs to no code of this catalogue");
    }

    @Test
    void missingFileIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOGUE.messages("io.betrue.errors.shop", Locale.forLanguageTag("pt-BR")))
                .withMessageContaining("io/betrue/errors/shop_pt_BR.properties");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "absent | en",
                "'' | en",
                "ru | ru",
                "ru-RU | ru",
                "RU-ru,en;q=0.5 | ru",
                "en,ru | en",
                "en;q=0.1,ru;q=0.9 | ru",
                "de,ru;q=0.5,en;q=0.4 | ru",
                "de | en",
                "* | en",
                "de,*;q=0.5 | en",
                "en;q=0,ru | ru",
                "ru;q=0 | en",
                "ru;q=2 | en",
                ";;; | en",
                "r\u0000u | en"
            })
    void languageIsNegotiated(String header, String language) {
        LocalisedProblem localised =
                CATALOGUE.localise(StandardError.NOT_FOUND.problem().build(), header);
        assertThat(localised.language().toLanguageTag()).isEqualTo(language);
        assertThat(localised.problem().title()).isEqualTo(language.equals("ru") ? "Не найдено" : "Not found");
        assertThat(localised.problem().code()).isEqualTo(StandardError.NOT_FOUND);
    }

    @Test
    void endlessHeaderIsIgnored() {
        String header = "ru," + "de;q=0.1,".repeat(10_000) + "en";
        assertThat(CATALOGUE
                        .localise(StandardError.NOT_FOUND.problem().build(), header)
                        .language())
                .isEqualTo(Locale.ENGLISH);
    }

    @Test
    void codeWithoutATextInTheWantedLanguageStaysEnglishAndSaysSo() {
        LocalisedProblem localised =
                CATALOGUE.localise(ShopError.OUT_OF_STOCK.problem().build(), "ru");
        assertThat(localised.language()).isEqualTo(Locale.ENGLISH);
        assertThat(localised.problem().title()).isEqualTo("Out of stock");
    }

    @Test
    void titleAndDetailAreTranslatedWithTheirParameters() {
        Problem problem = ShopError.OUT_OF_STOCK.problem().with("left", 3).build();
        assertThat(TRANSLATED.localise(problem, "ru").problem())
                .returns("Нет на складе", Problem::title)
                .returns("Осталось: 3.", Problem::detail);
    }

    @Test
    void problemOfAnotherServiceIsTranslatedToo() throws ProblemFormatException {
        Problem received = TRANSLATED.parse(
                ShopError.OUT_OF_STOCK.problem().with("left", 3).build().toJson());
        assertThat(TRANSLATED.localise(received, "ru").problem().detail()).isEqualTo("Осталось: 3.");
    }

    @Test
    void detailWrittenForTheOccurrenceStays() {
        Problem problem = ShopError.OUT_OF_STOCK
                .problem()
                .detail("Sold this morning")
                .with("left", 3)
                .build();
        assertThat(TRANSLATED.localise(problem, "ru").problem())
                .returns("Нет на складе", Problem::title)
                .returns("Sold this morning", Problem::detail);
    }

    @Test
    void fieldErrorsGetTheTextOfTheirCode() {
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .error(FieldError.body("/amount", "TOO_SMALL").with("minimum", "0.01"))
                .error(FieldError.body("/amount", "TOO_SMALL"))
                .error(FieldError.body("/amount", "OWN_CODE"))
                .error(FieldError.body("/amount", "REQUIRED").detail("please"))
                .error(FieldError.body("/amount", "REQUIRED").detail("is required"))
                .build();

        assertThat(CATALOGUE.localise(problem, "en").problem().errors())
                .extracting(FieldError::detail)
                .containsExactly("must be at least 0.01", null, null, "please", "is required");
        assertThat(CATALOGUE.localise(problem, "ru").problem().errors())
                .extracting(FieldError::detail)
                .containsExactly("должно быть не меньше 0.01", null, null, "please", "обязательное поле");
    }

    @Test
    void fieldTextThatComesFromCodeIsTranslated() {
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .error(FieldError.body("/at", "LATE").detail("must be by noon"))
                .error(FieldError.body("/on", "CLOSED")
                        .with("days", List.of("sunday", "monday"))
                        .detail("Sundays and Mondays"))
                .error(FieldError.body("/on", "CLOSED").detail("without its parameter"))
                .error(FieldError.body("/kind", "CLOSED")
                        .with("days", Map.of("a", 1))
                        .detail("a map"))
                .build();
        ErrorCatalogue catalogue = CATALOGUE.messages("io.betrue.errors.hours", RUSSIAN);

        assertThat(catalogue.localise(problem, "ru").problem().errors())
                .extracting(FieldError::detail)
                .containsExactly(
                        "до полудня", "закрыто: воскресенье, monday", "without its parameter", "закрыто: {\"a\":1}");
        assertThat(catalogue.localise(problem, "en").problem().errors()).isEqualTo(problem.errors());
        assertThat(catalogue.messages("io.betrue.errors.shop", RUSSIAN).verify())
                .isEmpty();
    }

    @Test
    void applicationCanReplaceAnEnglishText() {
        ErrorCatalogue own = CATALOGUE.messages("io.betrue.errors.shop", Locale.ENGLISH);
        assertThat(own.localise(StandardError.NOT_FOUND.problem().build(), null)
                        .problem()
                        .title())
                .isEqualTo("No such thing in this shop");
        assertThat(own.localise(StandardError.NOT_FOUND.problem().build(), "ru")
                        .problem()
                        .title())
                .isEqualTo("Не найдено");
    }
}
