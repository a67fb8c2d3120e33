package io.betrue.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.examples.ledger.api.LedgerError;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LedgerErrorTest {
    @Test
    void hasEveryTextInRussian() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(LedgerError.values())
                .messages("io.betrue.examples.ledger.errors", Locale.forLanguageTag("ru"));

        assertThat(catalogue.verify()).isEmpty();
    }
}
