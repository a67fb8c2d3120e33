package io.betrue.errors;

/**
 * The failures that every application has; an {@link ErrorCatalogue} always contains them.
 *
 * <p>Where several codes share a status, {@link #ofStatus} gives the general one.
 */
public enum StandardError implements ErrorCode {
    /** 400: the request cannot be understood. */
    BAD_REQUEST(400, "Bad request"),
    /** 400: the body is not valid JSON. */
    MALFORMED_JSON(400, "Malformed JSON", "The body is not valid JSON at line {line}, column {column}."),
    /** 401: nobody is signed in, or the proof of it is not valid. */
    UNAUTHENTICATED(401, "Authentication required"),
    /** 402: somebody has to pay first. */
    PAYMENT_REQUIRED(402, "Payment required"),
    /** 403: this caller may not do that. */
    FORBIDDEN(403, "Forbidden"),
    /** 404: it does not exist, or this caller is not told that it does. */
    NOT_FOUND(404, "Not found"),
    /** 405: the resource exists but not for this method. */
    METHOD_NOT_ALLOWED(405, "Method not allowed", "{method} is not allowed here; {allow} would be."),
    /** 406: no representation that the caller accepts. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** 408: the request did not arrive in time. */
    REQUEST_TIMEOUT(408, "Request timeout"),
    /** 409: the state of the resource does not allow that now. */
    CONFLICT(409, "Conflict"),
    /** 410: it existed and will not come back. */
    GONE(410, "Gone"),
    /** 411: the length of the body is not stated. */
    LENGTH_REQUIRED(411, "Length required"),
    /** 412: a condition that the caller set does not hold. */
    PRECONDITION_FAILED(412, "Precondition failed"),
    /** 413: the body is too large. */
    PAYLOAD_TOO_LARGE(413, "Payload too large", "The body must not be larger than {limit} bytes."),
    /** 414: the URI is too long. */
    URI_TOO_LONG(414, "URI too long"),
    /** 415: the body's media type is not one that is understood here. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** 416: the requested range lies outside the resource. */
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    /** 417: an Expect header that cannot be met. */
    EXPECTATION_FAILED(417, "Expectation failed"),
    /** 421: this server does not answer for that host. */
    MISDIRECTED_REQUEST(421, "Misdirected request"),
    /** 422: understood, but the content breaks a rule; the field errors say which. */
    VALIDATION_FAILED(422, "Validation failed"),
    /** 423: somebody else holds a lock. */
    LOCKED(423, "Locked"),
    /** 425: the request might be a replay of early data. */
    TOO_EARLY(425, "Too early"),
    /** 426: another protocol is needed. */
    UPGRADE_REQUIRED(426, "Upgrade required"),
    /** 428: the caller must set a condition, such as If-Match. */
    PRECONDITION_REQUIRED(428, "Precondition required"),
    /** 429: too many requests. */
    RATE_LIMITED(429, "Too many requests", "Try again in {retryAfter} seconds."),
    /** 431: the headers are too large. */
    HEADERS_TOO_LARGE(431, "Request headers too large"),
    /** 451: the law forbids it. */
    UNAVAILABLE_FOR_LEGAL_REASONS(451, "Unavailable for legal reasons"),
    /** 499: the caller gave up. */
    CANCELLED(499, "Cancelled"),
    /** 500: a fault of the application. */
    INTERNAL(500, "Internal error"),
    /** 501: not made yet, or never. */
    UNIMPLEMENTED(501, "Not implemented"),
    /** 502: a server behind this one gave a bad answer. */
    BAD_GATEWAY(502, "Bad gateway"),
    /** 503: not now; later perhaps. */
    UNAVAILABLE(503, "Service unavailable"),
    /** 504: the answer did not come in time. */
    DEADLINE_EXCEEDED(504, "Deadline exceeded"),
    /** 505: the HTTP version is not spoken here. */
    HTTP_VERSION_NOT_SUPPORTED(ErrorDefinition.of(505, "HTTP version not supported")
            .logLevel(System.Logger.Level.DEBUG)), // the client's fault
    /** 507: no room to store it. */
    INSUFFICIENT_STORAGE(507, "Insufficient storage");

    private final ErrorDefinition definition;

    StandardError(int status, String title) {
        this(ErrorDefinition.of(status, title));
    }

    StandardError(int status, String title, String detail) {
        this(ErrorDefinition.of(status, title).detail(detail));
    }

    StandardError(ErrorDefinition definition) {
        this.definition = definition;
    }

    @Override
    public ErrorDefinition definition() {
        return definition;
    }

    /**
     * Gives the code for an HTTP status: the general code of that status; for a status without a code BAD_REQUEST (4xx) or INTERNAL (all else).
     *
     * @param status any number
     * @return the code
     */
    public static StandardError ofStatus(int status) {
        for (StandardError code : values()) {
            if (code.definition.status() == status) {
                return code;
            }
        }
        return status >= 400 && status <= 499 ? BAD_REQUEST : INTERNAL;
    }
}
