package io.betrue.examples.accounts;

import java.util.Locale;

/** What a letter is for. */
enum Purpose {
    /** To open an account, or to say that there is one. */
    CONFIRMATION,

    /** To set a new password. */
    RECOVERY;

    /** {@return the name in tables and jobs} */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
