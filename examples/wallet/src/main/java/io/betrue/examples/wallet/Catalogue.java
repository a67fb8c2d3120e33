package io.betrue.examples.wallet;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.files.api.FilesError;
import io.betrue.examples.ledger.api.LedgerError;
import io.betrue.schema.Violation;
import java.util.Locale;

/** Every failure that a caller can meet, in English and Russian. */
public final class Catalogue {
    private Catalogue() {}

    /** {@return the codes and texts of all services} */
    public static ErrorCatalogue ofAllServices() {
        Locale russian = Locale.forLanguageTag("ru");
        return ErrorCatalogue.of(AccountsError.values())
                .and(ChatError.values())
                .and(FilesError.values())
                .and(LedgerError.values())
                .messages(Violation.MESSAGES, russian)
                .messages("io.betrue.examples.accounts.errors", russian)
                .messages("io.betrue.examples.chat.errors", russian)
                .messages("io.betrue.examples.files.errors", russian)
                .messages("io.betrue.examples.ledger.errors", russian);
    }
}
