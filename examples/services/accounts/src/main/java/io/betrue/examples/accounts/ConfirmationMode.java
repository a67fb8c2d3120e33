package io.betrue.examples.accounts;

/** Whether users have to show that their address is theirs. */
public enum ConfirmationMode {
    /** A user has the role {@code confirmed} after sending back the code that came by mail. */
    REQUIRED,

    /** Every user has the role, and no code is sent on registration; for tests and closed networks. */
    OFF
}
