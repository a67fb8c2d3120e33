package io.betrue.errors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Logs each failure once: what was answered, under which trace id, and for the unexpected the cause. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorsPlugin.class);
    private static final int MAX_TEXT = 500;
    private static final int MAX_DEPTH = 20;

    /** Control characters and what Unicode calls a line or paragraph separator. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private static final Map<System.Logger.Level, Level> LEVELS = Map.of(
            System.Logger.Level.ALL, Level.TRACE,
            System.Logger.Level.TRACE, Level.TRACE,
            System.Logger.Level.DEBUG, Level.DEBUG,
            System.Logger.Level.INFO, Level.INFO,
            System.Logger.Level.WARNING, Level.WARN,
            System.Logger.Level.ERROR, Level.ERROR);

    private FailureLog() {}

    /**
     * Logs a failure at the level of its code: at ERROR its cause with the stack, below that in one line.
     *
     * @param where the method and path, or the WebSocket's path
     * @param requestTraceId the id that the answer carries unless the problem brought its own
     */
    static void failed(Failure failure, String where, String requestTraceId) {
        Problem problem = failure.problem();
        String traceId = problem.traceId() == null ? requestTraceId : problem.traceId();
        Level level = LEVELS.get(problem.code().definition().logLevel());
        if (level == null || !LOG.isEnabledForLevel(level)) {
            return;
        }
        String before = MDC.get(Exchange.MDC_KEY);
        MDC.put(Exchange.MDC_KEY, traceId);
        try {
            Throwable cause = failure.cause();
            boolean wholeStack = level == Level.ERROR;
            String because = cause == null || wholeStack ? "" : ", because of " + oneLine(cause);
            LOG.atLevel(level)
                    .setCause(wholeStack ? cause : null)
                    .log(
                            "{} {} answered {}, trace {}{}",
                            problem.status(),
                            printable(problem.summary()),
                            where,
                            traceId,
                            because);
        } finally {
            restore(before);
        }
    }

    /**
     * Names a cause that was foreseen, such as a database that is away: thousands of requests may meet it at once, and a
     * stack for each would drown everything else.
     */
    private static String oneLine(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
            root = root.getCause();
        }
        String chain = root == cause ? "" : cause.getClass().getName() + " <- ";
        return printable(chain + root.getClass().getName() + ": " + root.getMessage());
    }

    static void clientGone(HttpServletRequest request, Throwable cause) {
        LOG.debug("the client of {} went away before the end of its answer", where(request), cause);
    }

    /** What names a request in a log; the path is as it was sent, percent-encoded. */
    static String where(HttpServletRequest request) {
        return printable(request.getMethod() + " " + request.getRequestURI());
    }

    static void restore(@Nullable String before) {
        if (before == null) {
            MDC.remove(Exchange.MDC_KEY);
        } else {
            MDC.put(Exchange.MDC_KEY, before);
        }
    }

    /** A line break in what a user sent must not begin a line of its own in the log. */
    static String printable(String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        return BREAKS.matcher(cut).replaceAll("?");
    }
}
