package io.betrue.schema;

import io.betrue.errors.ErrorCode;
import java.util.List;

/**
 * The failures of a route that have a code of their own. Those that any request can meet, such as a malformed body, need not be named.
 *
 * @param codes the codes
 */
public record RouteProblems(List<ErrorCode> codes) implements RoutePart {
    /**
     * Copies the codes.
     *
     * @param codes the codes
     */
    public RouteProblems {
        codes = List.copyOf(codes);
    }
}
