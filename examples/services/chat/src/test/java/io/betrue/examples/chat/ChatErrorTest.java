package io.betrue.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.examples.chat.api.ChatError;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ChatErrorTest {
    @Test
    void hasEveryTextInRussian() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(ChatError.values())
                .messages("io.betrue.examples.chat.errors", Locale.forLanguageTag("ru"));

        assertThat(catalogue.verify()).isEmpty();
    }
}
