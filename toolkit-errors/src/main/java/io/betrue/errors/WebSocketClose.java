package io.betrue.errors;

/**
 * How a WebSocket is closed because of a problem (RFC 6455, section 7.4).
 *
 * @param code the close code
 * @param reason the error code and its text; cut between characters to 123 bytes in UTF-8, the most that a close frame carries
 */
public record WebSocketClose(int code, String reason) {
    private static final int MAX_REASON_BYTES = 123;

    /**
     * Cuts the reason.
     *
     * @param code the close code
     * @param reason the reason
     * @throws IllegalArgumentException if the code is not 1000 to 4999
     */
    public WebSocketClose {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("WebSocket close code must be 1000..4999, was " + code);
        }
        reason = Text.cutBytes(Text.clean(reason, MAX_REASON_BYTES), MAX_REASON_BYTES);
    }

    /**
     * Says how to close because of a problem.
     *
     * @param problem the problem
     * @return the close code of its definition and a reason {@code CODE: detail}, or {@code CODE: title} where there is no detail
     */
    public static WebSocketClose of(Problem problem) {
        return new WebSocketClose(problem.code().definition().webSocketClose(), problem.summary());
    }
}
