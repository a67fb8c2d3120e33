package io.betrue.examples.wallet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final LoggerContext context = new LoggerContext();
    private final JsonLines lines = new JsonLines();

    @BeforeEach
    void start() {
        lines.setContext(context);
        lines.setWithFormattedMessage(true);
        lines.start();
    }

    private JsonNode written(Map<String, String> callContext) throws IOException {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("test"), Level.INFO, "a \"quoted\" word", null, null);
        event.setMDCPropertyMap(callContext);
        String line = new String(lines.encode(event), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n");
        return new ObjectMapper().readTree(line);
    }

    @Test
    @SuppressWarnings("try") // the scope is there to be closed
    void saysInWhichSpanALineWasWritten() throws Exception {
        SpanContext span = SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
        try (Scope scope = Span.wrap(span).makeCurrent()) {
            JsonNode line = written(Map.of("traceId", "f".repeat(32)));
            assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
            assertThat(line.get("span_id").asText()).isEqualTo(SPAN);
            assertThat(line.get("formattedMessage").asText()).isEqualTo("a \"quoted\" word");
        }
    }

    @Test
    void saysTheTraceOfTheCallWithoutASpan() throws Exception {
        JsonNode line = written(Map.of("traceId", TRACE));
        assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(line.has("span_id")).isFalse();
    }

    @Test
    void saysNothingOfTracesWithoutOne() throws Exception {
        assertThat(written(Map.of()).has("trace_id")).isFalse();
        assertThat(written(Map.of("traceId", "\",\"forged\":\"")).has("trace_id"))
                .isFalse();
    }
}
