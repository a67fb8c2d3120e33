package io.betrue.examples.ledger.api;

import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;

/** The failures that only this service has; an application adds them to its catalogue. */
public enum LedgerError implements ErrorCode {
    /** A withdrawal of more than the caller has. */
    INSUFFICIENT_FUNDS(ErrorDefinition.of(409, "Insufficient funds").detail("The balance in {currency} is too low.")),

    /** A transfer to nobody. */
    UNKNOWN_RECEIVER(ErrorDefinition.of(422, "Unknown receiver").detail("There is no such user to transfer to.")),

    /** A currency code that is not in the table of currencies. */
    UNKNOWN_CURRENCY(ErrorDefinition.of(422, "Unknown currency").detail("There is no such currency."));

    private final ErrorDefinition definition;

    LedgerError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }
}
