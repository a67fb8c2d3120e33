package io.betrue.examples.monolith;

import io.betrue.schema.ResponseCheck;

/** What is done about answers that do not fit their schemas. */
enum Responses {
    /** Nothing. */
    OFF,
    /** The log has a warning. */
    LOG,
    /** The answer becomes a 500. */
    FAIL;

    ResponseCheck check() {
        return switch (this) {
            case OFF -> ResponseCheck.OFF;
            case LOG -> ResponseCheck.LOG;
            case FAIL -> ResponseCheck.FAIL;
        };
    }
}
