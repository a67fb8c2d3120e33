package io.betrue.errors;

import static io.betrue.errors.Answers.get;
import static io.betrue.errors.Answers.header;
import static io.betrue.errors.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.javalin.Javalin;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class ErrorsPluginLogHttpTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final LinkedBlockingQueue<String> AFTERWARDS = new LinkedBlockingQueue<>();
    private static final ExecutorService ELSEWHERE = Executors.newSingleThreadExecutor();
    private static final CompletableFuture<Throwable> GONE = new CompletableFuture<>();
    private static final CountDownLatch READER_LEFT = new CountDownLatch(1);
    private static final CompletableFuture<String> LATE = new CompletableFuture<>();

    private static Javalin app;

    /** Looks at the log context of Jetty's thread when Javalin is done with it. */
    private static final class Afterwards extends Handler.Wrapper {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            boolean handled = super.handle(request, response, callback);
            AFTERWARDS.add(String.valueOf(MDC.get("traceId")));
            return handled;
        }
    }

    @BeforeAll
    static void start() {
        app = FailingApp.start(config -> {
            config.jetty.modifyServer(server -> server.insertHandler(new Afterwards()));
            config.routes.get("/mdc", ctx -> ctx.result(String.valueOf(MDC.get("traceId"))));
            config.routes.get("/mdc-async", ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> {}, ELSEWHERE)));
            config.routes.after("/mdc-async", ctx -> ctx.result(String.valueOf(MDC.get("traceId"))));
            config.routes.get("/endless", ctx -> {
                READER_LEFT.await();
                try {
                    for (int i = 0; i < 10_000; i++) {
                        ctx.outputStream().write(new byte[8192]);
                    }
                } catch (java.io.IOException e) {
                    GONE.complete(e);
                    throw new java.io.UncheckedIOException(e);
                }
            });
            config.routes.get("/late", ctx -> ctx.future(() -> LATE));
        });
    }

    @AfterAll
    static void stop() {
        app.stop();
        ELSEWHERE.shutdown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runtime",
                "/checked",
                "/linkage",
                "/stack-overflow",
                "/future",
                "/future-error",
                "/after-throws",
                "/half-written",
                "/broken-result"
            })
    void logsUnexpectedCauseOnceUnderTraceIdOfAnswer(String path) {
        try (LogProbe log = new LogProbe();
                RawHttp http = new RawHttp(app.port())) {
            http.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            String traceId = problem(http.read(false)).traceId();
            assertThat(http.answersOk()).isTrue(); // so the first request is over

            assertThat(log.atLeast(Level.INFO)).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getMDCPropertyMap()).containsEntry("traceId", traceId);
                assertThat(event.getThrowableProxy()).isNotNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/problem", "/nowhere", "/pages?page=x", "/forbidden", "/%zz", "/status?s=404", "/status?s=505"})
    void logsExpectedProblemAtItsLevelWithoutStack(String path) {
        try (LogProbe log = new LogProbe()) {
            RawHttp.exchange(app.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(log.atLeast(Level.DEBUG))
                    .filteredOn(event -> event.getLoggerName().startsWith("io.betrue"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
                        assertThat(event.getThrowableProxy()).isNull();
                    });
            assertThat(log.atLeast(Level.WARN)).isEmpty();
        }
    }

    @Test
    void logsCauseOfForeseenFailureInOneLine() {
        try (LogProbe log = new LogProbe()) {
            get(app, "/upstream");

            assertThat(log.atLeast(Level.INFO)).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getFormattedMessage())
                        .startsWith("503 UNAVAILABLE")
                        .endsWith(", because of java.io.IOException: " + FailingApp.SECRET);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%0A", "%0D", "%1B", "%C2%85", "%C2%9B", "%E2%80%A8", "%E2%80%A9"})
    void keepsLineBreaksOfUsersOutOfTheLog(String separator) {
        try (LogProbe log = new LogProbe()) {
            get(app, "/echo?q=" + separator + "ERROR%20forged");

            assertThat(log.atLeast(Level.DEBUG))
                    .extracting(event -> event.getFormattedMessage())
                    .anyMatch(message -> message.contains("?ERROR forged"))
                    .noneMatch(message -> message.contains("\n"));
        }
    }

    @Test
    void takesTraceIdOfCaller() {
        Problem problem = problem(get(app, "/nowhere", "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"));

        assertThat(problem.traceId()).isEqualTo(TRACE_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 13", "Expect: cake"})
    void takesTraceIdOfCallerEvenWhereRequestIsNotUnderstood(String header) {
        RawHttp.Response response = RawHttp.exchange(
                app.port(),
                "GET /ws HTTP/1.1\r\nHost: x\r\n" + header + "\r\ntraceparent: 00-" + TRACE_ID
                        + "-00f067aa0ba902b7-01\r\n\r\n");

        assertThat(response.text()).contains("\"traceId\":\"" + TRACE_ID + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", "junk", "00-<script>"})
    void makesTraceIdWhereCallersIsNotOne(String traceparent) {
        String traceId =
                problem(get(app, "/nowhere", "traceparent", traceparent)).traceId();

        assertThat(TraceId.isValid(String.valueOf(traceId))).isTrue();
    }

    @Test
    void givesTraceIdToLogContextAndClearsIt() throws Exception {
        AFTERWARDS.clear();
        String during = get(app, "/mdc", "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
                .body();

        assertThat(during).isEqualTo(TRACE_ID);
        assertThat(AFTERWARDS.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
    }

    @Test
    void givesTraceIdToHandlersAfterFutureAndClearsIt() throws Exception {
        String during = get(app, "/mdc-async", "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
                .body();

        assertThat(during).isEqualTo(TRACE_ID);
        assertThat(ELSEWHERE.submit(() -> MDC.get("traceId")).get(10, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void makesNoNoiseWhenClientGoesAway() throws Exception {
        try (LogProbe log = new LogProbe()) {
            try (RawHttp http = new RawHttp(app.port())) {
                http.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            READER_LEFT.countDown();
            assertThat(GONE.get(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(header(get(app, "/ok"), "Content-Type")).isEqualTo("text/plain");

            assertThat(log.atLeast(Level.INFO)).isEmpty();
        }
    }

    @Test
    void saysNothingOfFutureThatFailsAfterItsTimeout() {
        try (LogProbe log = new LogProbe()) {
            assertThat(problem(get(app, "/late")).code()).isEqualTo(StandardError.DEADLINE_EXCEEDED);
            LATE.completeExceptionally(new IllegalStateException(FailingApp.SECRET));
            get(app, "/ok");

            assertThat(log.atLeast(Level.INFO))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getFormattedMessage()).startsWith("504 DEADLINE_EXCEEDED"));
        }
    }
}
