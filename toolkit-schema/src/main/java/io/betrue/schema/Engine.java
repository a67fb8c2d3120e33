package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A compiled schema. Safe for use by multiple threads. */
interface Engine {
    /** {@return what does not fit, in a stable order, at most as many as the limits allow; empty when the value is valid} */
    List<Violation> violations(JsonNode value);
}
