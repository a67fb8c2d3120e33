package io.betrue.examples.wallet.telemetry;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes each line of the log as a JSON object that begins with {@code trace_id} and {@code span_id}, where OpenTelemetry looks for them ("Trace Context in non-OTLP Log Formats"): those of the span in which
 * the line is written, on whichever thread. Without a span, as with telemetry off, {@code trace_id} is that of the call, which the log context has. An appender must encode on the thread that logs, as that of
 * the console does.
 */
public final class JsonLines extends JsonEncoder {
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    /** Made by Logback. */
    public JsonLines() {}

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = super.encode(event);
        String ids = ids(event);
        if (ids.isEmpty() || line.length < 2) {
            return line;
        }
        byte[] begin = ("{" + ids + (line[1] == '}' ? "" : ",")).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[begin.length + line.length - 1];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(line, 1, whole, begin.length, line.length - 1);
        return whole;
    }

    private static String ids(ILoggingEvent event) {
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            return "\"trace_id\":\"" + span.getTraceId() + "\",\"span_id\":\"" + span.getSpanId() + '"';
        }
        String call = event.getMDCPropertyMap().get("traceId");
        return call != null && TRACE.matcher(call).matches() ? "\"trace_id\":\"" + call + '"' : "";
    }
}
