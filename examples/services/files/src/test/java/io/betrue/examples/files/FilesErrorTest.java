package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.examples.files.api.FilesError;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FilesErrorTest {
    @Test
    void hasEveryTextInRussian() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(FilesError.values())
                .messages("io.betrue.examples.files.errors", Locale.forLanguageTag("ru"));

        assertThat(catalogue.verify()).isEmpty();
    }
}
