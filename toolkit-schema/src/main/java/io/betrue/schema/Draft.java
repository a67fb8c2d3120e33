package io.betrue.schema;

import org.jspecify.annotations.Nullable;

/** A draft of JSON Schema that can be checked. */
public enum Draft {
    /** Draft 4, {@code http://json-schema.org/draft-04/schema#}. */
    DRAFT_4("http://json-schema.org/draft-04/schema#"),
    /** Draft 6, {@code http://json-schema.org/draft-06/schema#}. */
    DRAFT_6("http://json-schema.org/draft-06/schema#"),
    /** Draft 7, {@code http://json-schema.org/draft-07/schema#}. */
    DRAFT_7("http://json-schema.org/draft-07/schema#");

    private final String uri;

    Draft(String uri) {
        this.uri = uri;
    }

    /** {@return the draft of a value of {@code $schema}, with or without the empty fragment, or null if it is none of these} */
    static @Nullable Draft of(String uri) {
        for (Draft draft : values()) {
            if (draft.uri.equals(uri) || draft.uri.equals(uri + "#")) {
                return draft;
            }
        }
        return null;
    }

    /** {@return the keyword that gives a schema its identifier} */
    String idKeyword() {
        return this == DRAFT_4 ? "id" : "$id";
    }

    /** {@return the value of {@code $schema}} */
    public String uri() {
        return uri;
    }
}
