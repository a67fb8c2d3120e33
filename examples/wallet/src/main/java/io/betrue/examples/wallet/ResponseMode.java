package io.betrue.examples.wallet;

import io.betrue.commands.SchemaCheck;

/** What is done about an answer that does not fit its schema. */
public enum ResponseMode {
    /** Nothing: it is not looked at. */
    OFF,

    /** It goes out, and the log says so. */
    LOG,

    /** The caller gets a 500 instead, for tests. */
    FAIL;

    /**
     * {@return the check that does it}
     *
     * @param check what inputs and outputs are held to
     */
    public SchemaCheck of(SchemaCheck check) {
        return switch (this) {
            case OFF -> check.inputsOnly();
            case LOG -> check.loggingOutputs();
            case FAIL -> check;
        };
    }
}
