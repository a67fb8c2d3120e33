package io.betrue.commands;

import io.betrue.errors.TraceId;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands in a trace (W3C Trace Context).
 *
 * @param id 32 hexadecimal digits
 * @param parent the {@code traceparent} that calls made on its behalf carry
 */
record Trace(String id, String parent) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int FLAGS_AT = 53;
    private static final int FLAGS_END = 55;

    /** Goes on with the trace of the caller, or starts one that nobody records. */
    static Trace continuing(@Nullable String traceparent) {
        String given = TraceId.ofTraceparent(traceparent);
        String id = given == null ? TraceId.random() : given;
        String flags = given == null || traceparent == null ? "00" : traceparent.substring(FLAGS_AT, FLAGS_END);
        String span = HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
        return new Trace(id, "00-" + id + "-" + span + "-" + flags);
    }

    /** A span that something records. */
    static Trace of(String traceId, String spanId, String flags) {
        return new Trace(traceId, "00-" + traceId + "-" + spanId + "-" + flags);
    }
}
