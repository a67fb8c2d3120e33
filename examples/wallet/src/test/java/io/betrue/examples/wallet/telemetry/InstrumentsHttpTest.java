package io.betrue.examples.wallet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.config.Config;
import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What instruments do to the process that has them. */
class InstrumentsHttpTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private static final class Settings extends ConfigSet {
        final TelemetryConfig telemetry = group(TelemetryConfig::new);

        Settings(Environment env) {
            super(env);
        }
    }

    private static Instruments instruments(Map<String, String> settings) {
        return Instruments.of(Config.load(Environment.of(settings), Settings::new).telemetry, "test");
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.betrue.examples.wallet.telemetry");
    }

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(log);
    }

    @Test
    void nothingIsMeasuredWhereNobodyAsked() {
        try (Instruments instruments = instruments(Map.of("OTEL_SERVICE_NAME", "unused"));
                HikariDataSource pool = new HikariDataSource()) {
            instruments.start();
            assertThat(instruments.openTelemetry()).isSameAs(OpenTelemetry.noop());
            assertThat(instruments.timed(pool)).isSameAs(pool);
            assertThat(instruments.requests()).isEmpty();
        }
    }

    /** More than fits into the queue, so that memory would show if it were kept. */
    @Test
    void aCollectorThatIsAwayCostsOneWarningAndHoldsNobodyUp() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        Instruments instruments = instruments(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + nobody));
        Tracer tracer = instruments.openTelemetry().getTracer("test");
        long began = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            tracer.spanBuilder("call").startSpan().end();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        await(() -> !warnings().isEmpty());
        for (int round = 0; round < 3; round++) {
            tracer.spanBuilder("call").startSpan().end();
        }
        began = System.nanoTime();
        instruments.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Instruments.STOP.plusSeconds(5));
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + nobody, "OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** A stranger must not have everything recorded, or nothing. */
    @Test
    void theIdOfATraceDecidesWhetherItIsRecordedAndNotItsFlag() {
        try (Instruments all = instruments(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
                Instruments few = instruments(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_TRACES_SAMPLER_ARG", "0.25"))) {
            Random random = new Random(5);
            int recorded = 0;
            for (int i = 0; i < 1_000; i++) {
                String trace = HexFormat.of().toHexDigits(random.nextLong())
                        + HexFormat.of().toHexDigits(random.nextLong());
                assertThat(records(all, trace, TraceFlags.getDefault())).isTrue();
                boolean chosen = records(few, trace, TraceFlags.getDefault());
                assertThat(records(few, trace, TraceFlags.getSampled())).isEqualTo(chosen);
                recorded += chosen ? 1 : 0;
            }
            assertThat(recorded).isBetween(200, 300);
        }
    }

    private static boolean records(Instruments instruments, String trace, TraceFlags flags) {
        SpanContext caller =
                SpanContext.createFromRemoteParent(trace, "b7ad6b7169203331", flags, TraceState.getDefault());
        Span span = instruments
                .openTelemetry()
                .getTracer("test")
                .spanBuilder("call")
                .setParent(Context.root().with(Span.wrap(caller)))
                .startSpan();
        try {
            assertThat(span.getSpanContext().getTraceId()).isEqualTo(trace);
            return span.isRecording();
        } finally {
            span.end();
        }
    }

    @Test
    void whatIsLeftIsSentAtTheEndWithTheHeadersThatTheCollectorWants() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            heard.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Key") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            Instruments instruments = instruments(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort(),
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "X-Key=a%20b"));
            instruments
                    .openTelemetry()
                    .getTracer("test")
                    .spanBuilder("last")
                    .startSpan()
                    .end();
            instruments.close();
            assertThat(List.copyOf(heard))
                    .contains("/v1/traces a b application/x-protobuf", "/v1/metrics a b application/x-protobuf");
            assertThat(warnings()).isEmpty();
        } finally {
            collector.stop(0);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
