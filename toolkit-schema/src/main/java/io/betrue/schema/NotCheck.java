package io.betrue.schema;

import org.everit.json.schema.Schema;

/** The keyword {@code not}. The engine's own prints the schema into each refusal, which takes long and fails for some schemas. */
final class NotCheck extends Check {
    private final Verdict refused;

    /**
     * Makes a check.
     *
     * @param refused what a value must not be
     */
    NotCheck(Schema refused) {
        this.refused = new Verdict(refused);
    }

    @Override
    boolean accepts(Object value) {
        return !refused.accepts(value);
    }
}
