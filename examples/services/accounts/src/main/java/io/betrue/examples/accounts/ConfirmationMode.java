package io.betrue.examples.accounts;

/** Whether users have to show that their address is theirs. */
public enum ConfirmationMode {
    /** An account is opened by the code that came by mail, and its user has the role {@code confirmed}. */
    REQUIRED,

    /**
     * No letter is sent for a registration, any code opens an account, and every user has the role; for tests and closed networks. What is taken is refused as a wrong
     * code, which tells who has an account. No address is noted as confirmed.
     */
    OFF
}
