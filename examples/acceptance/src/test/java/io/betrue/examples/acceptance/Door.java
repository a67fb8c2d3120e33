package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way into an application. */
interface Door extends AutoCloseable {
    /**
     * Calls a command and waits for the answer.
     *
     * @param token the caller's, or null for nobody's
     * @param headers of the call
     */
    Answer call(String command, JsonNode input, @Nullable String token, Map<String, String> headers) throws Exception;

    /** {@return what sends and fetches files at the same address} */
    Streams streams();

    @Override
    default void close() {}
}
