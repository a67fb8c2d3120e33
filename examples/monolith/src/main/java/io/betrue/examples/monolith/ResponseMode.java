package io.betrue.examples.monolith;

import io.betrue.schema.ResponseCheck;

/** What is done about an answer that does not fit its schema. */
enum ResponseMode {
    /** Nothing: it is not looked at. */
    OFF,
    /** It goes out, and the log says so. */
    LOG,
    /** The caller gets a 500 instead, for tests. */
    FAIL;

    ResponseCheck check() {
        return switch (this) {
            case OFF -> ResponseCheck.OFF;
            case LOG -> ResponseCheck.LOG;
            case FAIL -> ResponseCheck.FAIL;
        };
    }
}
