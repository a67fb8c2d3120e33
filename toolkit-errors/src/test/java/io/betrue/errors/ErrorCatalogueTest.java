package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCatalogueTest {
    private enum OtherShopError implements ErrorCode {
        OUT_OF_STOCK;

        @Override
        public ErrorDefinition definition() {
            return ErrorDefinition.of(404, "Sold out");
        }
    }

    @Test
    void holdsStandardCodesAndThoseOfTheApplication() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(ShopError.values());

        assertThat(catalogue.codes()).startsWith(StandardError.values()).endsWith(ShopError.values());
        assertThat(catalogue.codes()).hasSize(StandardError.values().length + 2);
        assertThat(catalogue.find("OUT_OF_STOCK")).contains(ShopError.OUT_OF_STOCK);
        assertThat(catalogue.find("NOT_FOUND")).contains(StandardError.NOT_FOUND);
        assertThat(catalogue.find("out_of_stock")).isEmpty();
    }

    @Test
    void codeDefinedTwiceNamesBothPlaces() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(ShopError.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalogue.and(OtherShopError.values()))
                .withMessageContaining("io.betrue.errors.ShopError.OUT_OF_STOCK")
                .withMessageContaining("OtherShopError.OUT_OF_STOCK");
    }

    @Test
    void standardCodeCannotBeRedefined() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ErrorCatalogue.of(new ForeignCode("NOT_FOUND", ErrorDefinition.of(404, "Gone fishing"))))
                .withMessageContaining("io.betrue.errors.StandardError.NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB", "outOfStock", "_OUT", "OUT_", "9LIVES", "OUT-OF-STOCK", "OUT OF"})
    void refusesMalformedCode(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCatalogue.of(new ForeignCode(name, ErrorDefinition.of(400, "Title"))))
                .withMessageContaining(name);
    }

    @Test
    void codeHasAtMost63Characters() {
        ErrorDefinition definition = ErrorDefinition.of(400, "Title");
        assertThat(ErrorCatalogue.of(new ForeignCode("A".repeat(63), definition))
                        .find("A".repeat(63)))
                .isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCatalogue.of(new ForeignCode("A".repeat(64), definition)));
    }

    @Test
    void typeUriIsTheBaseAndTheCode() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(ShopError.values());
        ErrorCatalogue absolute = catalogue.typeBase(URI.create("https://errors.example.com/shop/"));

        assertThat(catalogue.type(ShopError.OUT_OF_STOCK)).hasToString("/errors/OUT_OF_STOCK");
        assertThat(absolute.type(ShopError.OUT_OF_STOCK)).hasToString("https://errors.example.com/shop/OUT_OF_STOCK");
        assertThat(absolute.localise(ShopError.OUT_OF_STOCK.problem().build(), null)
                        .problem()
                        .type())
                .hasToString("https://errors.example.com/shop/OUT_OF_STOCK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors/",
                "/errors",
                "//host/errors/",
                "ftp://host/",
                "urn:errors/",
                "https://host/?a=/",
                "https://host/#/"
            })
    void refusesTypeBaseThatCannotBeFollowedByACode(String base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCatalogue.of().typeBase(URI.create(base)))
                .withMessageContaining(base);
    }
}
