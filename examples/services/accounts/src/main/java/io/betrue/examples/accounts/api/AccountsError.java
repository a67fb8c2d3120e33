package io.betrue.examples.accounts.api;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;

/** The failures that only this service has; an application adds them to its catalogue. */
public enum AccountsError implements ErrorCode {
    /** Sign-in with a wrong password or for an account that does not exist; the answer does not tell which. */
    INVALID_CREDENTIALS(
            ErrorDefinition.of(401, "Invalid credentials").detail("The e-mail address or the password is wrong.")),

    /** A code that was not sent, is too old, was used, or was tried too often, or an address that has an account; the answer does not tell which. */
    INVALID_CODE(ErrorDefinition.of(422, "Invalid code").detail("The code is wrong or has expired.")),

    /** A refresh token that is not the newest of a session that lasts. */
    INVALID_SESSION(ErrorDefinition.of(401, "Invalid session").detail("The session has ended: sign in again.")),

    /** An address that belongs to no user who has confirmed it, or the name of no user. */
    UNKNOWN_USER(ErrorDefinition.of(404, "Unknown user").detail("There is no such user."));

    private final ErrorDefinition definition;

    AccountsError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }
}
