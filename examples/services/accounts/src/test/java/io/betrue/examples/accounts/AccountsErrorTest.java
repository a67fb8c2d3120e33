package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.examples.accounts.api.AccountsError;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AccountsErrorTest {
    @Test
    void hasEveryTextInRussian() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(AccountsError.values())
                .messages("io.betrue.examples.accounts.errors", Locale.forLanguageTag("ru"));

        assertThat(catalogue.verify()).isEmpty();
    }
}
