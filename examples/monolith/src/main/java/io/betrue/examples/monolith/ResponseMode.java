package io.betrue.examples.monolith;

import io.betrue.commands.SchemaCheck;

/** What is done about an answer that does not fit its schema. */
enum ResponseMode {
    /** Nothing: it is not looked at. */
    OFF,

    /** It goes out, and the log says so. */
    LOG,

    /** The caller gets a 500 instead, for tests. */
    FAIL;

    SchemaCheck of(SchemaCheck check) {
        return switch (this) {
            case OFF -> check.inputsOnly();
            case LOG -> check.loggingOutputs();
            case FAIL -> check;
        };
    }
}
