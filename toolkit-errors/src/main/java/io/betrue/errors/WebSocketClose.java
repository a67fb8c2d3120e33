package io.betrue.errors;

/**
 * How a WebSocket is closed because of a problem (RFC 6455, section 7.4).
 *
 * @param code the close code
 * @param reason the error code and its text, at most 123 bytes in UTF-8
 */
public record WebSocketClose(int code, String reason) {
    /**
     * Says how to close because of a problem.
     *
     * @param problem the problem
     * @return the close code of its definition and a reason {@code CODE: text}, cut between characters
     */
    public static WebSocketClose of(Problem problem) {
        return new WebSocketClose(problem.code().definition().webSocketClose(), problem.summary());
    }
}
