package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** The keyword {@code uniqueItems}, in linear time. */
final class UniqueCheck extends Check {
    private final int most;

    /**
     * Makes a check.
     *
     * @param most the most items that are compared; a longer array is refused
     */
    UniqueCheck(int most) {
        this.most = most;
    }

    @Override
    boolean accepts(Object value) {
        return !(value instanceof Views.ArrayView array) || (array.length() <= most && duplicate(array.node()) < 0);
    }

    /** {@return the index of the first item that was there before, or -1} */
    static int duplicate(JsonNode array) {
        if (array.size() < 2) {
            return -1;
        }
        Set<JsonValue> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (!seen.add(new JsonValue(array.required(i)))) {
                return i;
            }
        }
        return -1;
    }
}
