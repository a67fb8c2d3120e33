package io.betrue.examples.accounts;

import java.util.Locale;

/** What a letter with a code is for. */
enum Purpose {
    /** To show that the address is the user's. */
    CONFIRMATION,

    /** To set a new password. */
    RECOVERY;

    /** {@return the name in tables and jobs} */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
