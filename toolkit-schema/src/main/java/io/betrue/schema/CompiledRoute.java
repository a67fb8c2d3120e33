package io.betrue.schema;

import io.betrue.errors.ErrorCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route with all its schemas compiled. Immutable.
 *
 * @param label method and path, as in {@code POST /orders}
 * @param request checks its requests
 * @param responses what it gives, by status and then by media type, {@code ""} for no body; empty if it does not say
 * @param problems the codes of the failures that it names
 */
record CompiledRoute(
        String label, RequestCheck request, Map<String, Map<String, Answer>> responses, List<ErrorCode> problems) {
    /** The key of a response without a body. */
    static final String NO_BODY = "";

    /**
     * A response that the route gives.
     *
     * @param kind what its body is
     * @param schema its schema; null if it has none
     */
    record Answer(ResponseBody.Kind kind, @Nullable Schema schema) {}

    /** The responses of a status: by itself, by its class, or by default; null if the route does not speak of it. */
    @Nullable
    Map<String, Answer> of(int status) {
        Map<String, Answer> exact = responses.get(String.valueOf(status));
        if (exact == null) {
            exact = responses.get(status / 100 + "XX");
        }
        return exact == null ? responses.get("default") : exact;
    }
}
