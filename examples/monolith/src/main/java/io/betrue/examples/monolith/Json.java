package io.betrue.examples.monolith;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.betrue.examples.ledger.History;

/** How records become JSON. What comes in has been checked by its schema. */
final class Json {
    private Json() {}

    /** {@return the mapper for bodies, which writes times as ISO 8601} */
    static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .addModule(new JavaTimeModule())
                .addMixIn(History.class, WithoutNulls.class)
                .build();
    }

    /** The last page of a history has no {@code next}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface WithoutNulls {}
}
