package io.betrue.examples.loadclient;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a request's sender knows of its effect. */
enum Outcome {
    /** It took place. */
    @JsonProperty("ok")
    OK,
    /** It did not and will not take place. */
    @JsonProperty("refused")
    REFUSED,
    /** It may have taken place, or may yet. */
    @JsonProperty("unknown")
    UNKNOWN
}
