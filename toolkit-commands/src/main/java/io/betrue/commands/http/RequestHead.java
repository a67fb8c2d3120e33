package io.betrue.commands.http;

import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.FieldError;
import io.betrue.errors.StandardError;
import io.betrue.errors.TraceId;
import io.javalin.http.Context;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a request's head becomes part of a call. */
final class RequestHead {
    /** The time that is left, in whole milliseconds. */
    static final String TIMEOUT = "Timeout-Ms";

    /** What always becomes a header of the call. */
    static final Set<String> ALWAYS =
            Set.of("authorization", "accept-language", "idempotency-key", "traceparent", "tracestate", "baggage");

    private static final String TRACEPARENT = "traceparent";
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,7}");
    private static final int LONGEST = 3_600_000;
    private static final HexFormat HEX = HexFormat.of();

    private RequestHead() {}

    /**
     * Reads the headers that travel.
     *
     * @param ctx the request
     * @param names their names in lower case
     * @param around where the request stands for OpenTelemetry
     */
    static Headers headers(Context ctx, Set<String> names, io.opentelemetry.context.Context around) {
        Map<String, String> found = new HashMap<>();
        for (String name : names) {
            String first = ctx.req().getHeader(name);
            if (first != null) {
                found.put(name, joined(first, ctx.req().getHeaders(name)));
            }
        }
        trace(ctx, found, around);
        try {
            return Headers.of(found);
        } catch (IllegalArgumentException e) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .detail("A header is malformed or too long.")
                    .cause(e)
                    .toException();
        }
    }

    /** Lines of one name are one list (RFC 9110, section 5.3); nearly always there is one. */
    private static String joined(String first, Enumeration<String> lines) {
        lines.nextElement();
        return lines.hasMoreElements() ? first + ", " + String.join(", ", Collections.list(lines)) : first;
    }

    /** The call belongs to the span of whoever instruments the server, else to the caller's, else to the trace under which failures are answered. */
    private static void trace(Context ctx, Map<String, String> found, io.opentelemetry.context.Context around) {
        if (Span.fromContext(around).getSpanContext().isValid()) {
            found.remove("tracestate");
            W3CTraceContextPropagator.getInstance().inject(around, found, RequestHead::put);
        } else if (TraceId.ofTraceparent(found.get(TRACEPARENT)) == null) {
            found.remove(TRACEPARENT);
            ErrorsPlugin.traceId(ctx).ifPresent(id -> found.put(TRACEPARENT, traceparent(id)));
        }
    }

    private static void put(@Nullable Map<String, String> carrier, String name, String value) {
        if (carrier != null) {
            carrier.put(name, value);
        }
    }

    private static String traceparent(String id) {
        return "00-" + id + "-" + HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1) + "-00";
    }

    /** When the call must have ended; null if the caller does not say. */
    static @Nullable Deadline deadline(Context ctx) {
        String text = ctx.req().getHeader(TIMEOUT);
        if (text == null) {
            return null;
        }
        int millis = MILLIS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (millis < 1 || millis > LONGEST) {
            throw StandardError.BAD_REQUEST
                    .problem()
                    .error(FieldError.header(TIMEOUT, "INVALID")
                            .detail("must be a whole number of milliseconds, 1 to " + LONGEST))
                    .toException();
        }
        return Deadline.in(Duration.ofMillis(millis));
    }
}
