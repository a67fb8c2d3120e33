package io.betrue.schema;

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

    /** {@return the value of {@code $schema}} */
    public String uri() {
        return uri;
    }
}
