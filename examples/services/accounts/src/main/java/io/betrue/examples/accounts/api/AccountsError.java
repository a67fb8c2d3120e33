package io.betrue.examples.accounts.api;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;

/** The failures that only this service has; an application adds them to its catalogue. */
public enum AccountsError implements ErrorCode {
    /** Registration with an address that has an account. */
    EMAIL_TAKEN(ErrorDefinition.of(409, "E-mail address taken").detail("An account with this e-mail address exists.")),

    /** Sign-in with a wrong password or for an account that does not exist; the answer does not tell which. */
    INVALID_CREDENTIALS(
            ErrorDefinition.of(401, "Invalid credentials").detail("The e-mail address or the password is wrong."));

    private final ErrorDefinition definition;

    AccountsError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }
}
