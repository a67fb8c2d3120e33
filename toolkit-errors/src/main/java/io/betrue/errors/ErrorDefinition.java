package io.betrue.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an error code means: its texts, and what each transport makes of it.
 *
 * <p>{@link #of} fills in everything from the status; the methods named like the components make changed copies.
 *
 * @param status the HTTP status, 400 to 599
 * @param title a short text that is the same for every occurrence, 1 to 200 characters
 * @param detail the text of one occurrence with named parameters in braces, at most 1,000 characters, or null for none
 * @param retryable whether the same request may succeed later without a change
 * @param logLevel the level at which an occurrence is logged
 * @param webSocketClose the WebSocket close code (RFC 6455): 1002, 1003, 1007 to 1009, 1011 to 1014 or 3000 to 4999
 * @param natsCode the NATS service error code, 1 to 9999
 */
public record ErrorDefinition(
        int status,
        String title,
        @Nullable String detail,
        boolean retryable,
        System.Logger.Level logLevel,
        int webSocketClose,
        int natsCode) {
    private static final int MAX_TITLE = 200;
    private static final int MAX_DETAIL = 1000;
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 502, 503, 504);
    private static final Set<Integer> CLOSE_CODES = Set.of(1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014);

    /**
     * Checks every component.
     *
     * @param status the HTTP status
     * @param title the title
     * @param detail the detail's template, or null
     * @param retryable whether another try may succeed
     * @param logLevel the log level
     * @param webSocketClose the close code
     * @param natsCode the service error code
     * @throws IllegalArgumentException if a component is out of its range
     */
    public ErrorDefinition {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("error status must be 400..599, was " + status);
        }
        if (title.isBlank() || title.length() > MAX_TITLE) {
            throw new IllegalArgumentException(
                    "error title must have 1.." + MAX_TITLE + " characters: \"" + title + "\"");
        }
        if (detail != null && (detail.isBlank() || detail.length() > MAX_DETAIL)) {
            throw new IllegalArgumentException(
                    "error detail of \"" + title + "\" must have 1.." + MAX_DETAIL + " characters");
        }
        title = Text.clean(title, MAX_TITLE);
        detail = detail == null ? null : Text.clean(detail, MAX_DETAIL);
        if (!CLOSE_CODES.contains(webSocketClose) && (webSocketClose < 3000 || webSocketClose > 4999)) {
            throw new IllegalArgumentException("WebSocket close code of \"" + title
                    + "\" must be 1002, 1003, 1007..1009, 1011..1014 or 3000..4999, was " + webSocketClose);
        }
        if (natsCode < 1 || natsCode > 9999) {
            throw new IllegalArgumentException("NATS code of \"" + title + "\" must be 1..9999, was " + natsCode);
        }
    }

    /**
     * Starts a definition whose other components follow from the status.
     *
     * <p>Retryable: 408, 425, 429, 502, 503, 504. Log level: ERROR for 500, WARNING for other 5xx, DEBUG for 4xx. WebSocket close code: 1009
     * for 413, 1011 for 500, 1013 for 503, otherwise 4000 plus the status. NATS code: the status.
     *
     * @param status the HTTP status, 400 to 599
     * @param title a short text that is the same for every occurrence
     * @return the definition
     * @throws IllegalArgumentException if the status or the title is out of range
     */
    public static ErrorDefinition of(int status, String title) {
        return new ErrorDefinition(
                status, title, null, RETRYABLE.contains(status), levelOf(status), closeCodeOf(status), status);
    }

    private static System.Logger.Level levelOf(int status) {
        if (status < 500) {
            return System.Logger.Level.DEBUG;
        }
        return status == 500 ? System.Logger.Level.ERROR : System.Logger.Level.WARNING;
    }

    private static int closeCodeOf(int status) {
        return switch (status) {
            case 413 -> 1009;
            case 500 -> 1011;
            case 503 -> 1013;
            default -> 4000 + status;
        };
    }

    /**
     * Sets the text of one occurrence; {@code {name}} is replaced by the extension of that name.
     *
     * @param template a text with named parameters in braces; it is left out of a problem that lacks a parameter
     * @return a copy with that text
     */
    public ErrorDefinition detail(String template) {
        return new ErrorDefinition(status, title, template, retryable, logLevel, webSocketClose, natsCode);
    }

    /**
     * Says whether a caller may try again.
     *
     * @param possible whether the same request may succeed later without a change
     * @return a copy that says so
     */
    public ErrorDefinition retryable(boolean possible) {
        return new ErrorDefinition(status, title, detail, possible, logLevel, webSocketClose, natsCode);
    }

    /**
     * Sets the level at which an occurrence is logged.
     *
     * @param level the level; {@code OFF} for none
     * @return a copy with that level
     */
    public ErrorDefinition logLevel(System.Logger.Level level) {
        return new ErrorDefinition(status, title, detail, retryable, level, webSocketClose, natsCode);
    }

    /**
     * Sets the WebSocket close code.
     *
     * @param closeCode 1002, 1003, 1007 to 1009, 1011 to 1014 or 3000 to 4999
     * @return a copy with that close code
     */
    public ErrorDefinition webSocketClose(int closeCode) {
        return new ErrorDefinition(status, title, detail, retryable, logLevel, closeCode, natsCode);
    }

    /**
     * Sets the NATS service error code.
     *
     * @param serviceCode 1 to 9999
     * @return a copy with that code
     */
    public ErrorDefinition natsCode(int serviceCode) {
        return new ErrorDefinition(status, title, detail, retryable, logLevel, webSocketClose, serviceCode);
    }
}
