package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Cancellation;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Content;
import io.betrue.commands.Measured;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.commands.Telemetry;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client, against a real server and against none. */
class HttpTargetHttpTest {
    private static final CommandType<Nothing, Nothing> WAIT =
            CommandType.of("wait", Nothing.class, Nothing.class).open();

    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Served served = Served.plain(c -> c.intercept(Telemetry.with(OTEL.getOpenTelemetry()))
            .handle(WAIT, (context, nothing) -> {
                context.onCancel(told::countDown);
                running.countDown();
                assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
                return nothing;
            }));
    private final HttpTarget target = HttpTarget.of(served.base(), t -> t.catalogue(Till.catalogue()));

    @AfterEach
    void close() {
        target.close();
        served.close();
    }

    private CommandClient anna() {
        return target.client().bearer("anna");
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void callsWhatIsElsewhere() {
        assertThat(anna().call(Till.DEPOSIT, new Till.Deposit("EUR", 5))).isEqualTo(new Till.Balance(5));
        Reply<Till.Balance> ticket = anna().exchange(Till.TICKET, Nothing.NOTHING);
        assertThat(ticket.status()).isEqualTo(202);
        assertThat(ticket.headers().get("location")).isEqualTo("/tickets/7");
    }

    @Test
    void measuresHowLongCallsTake() {
        CommandClient seen = HttpTarget.of(
                        served.base(), t -> t.catalogue(Till.catalogue()).telemetry(OTEL.getOpenTelemetry()))
                .client()
                .bearer("anna");
        seen.call(Till.DEPOSIT, new Till.Deposit("EUR", 5));
        refused(Till.TillError.UNKNOWN_CURRENCY, () -> seen.call(Till.DEPOSIT, new Till.Deposit("XXY", 1)));
        String deposit = Till.DEPOSIT.address();
        assertThat(Measured.soon(2, OTEL, "rpc.client.call.duration", deposit, "127.0.0.1"))
                .isEqualTo(2);
        assertThat(Measured.soon(1, OTEL, "rpc.client.call.duration", deposit, "UNKNOWN_CURRENCY"))
                .isEqualTo(1);
    }

    @Test
    void failsWithTheProblemOfTheOther() {
        refused(Till.TillError.UNKNOWN_CURRENCY, () -> anna().call(Till.DEPOSIT, new Till.Deposit("XXY", 1)));
        refused(StandardError.UNAUTHENTICATED, () -> target.client().call(Till.AUDIT, Nothing.NOTHING));
        refused(StandardError.NOT_FOUND, () -> anna().call(Till.CLOSE, Nothing.NOTHING));
        assertThatThrownBy(() -> anna().call(Till.DEPOSIT, new Till.Deposit("EUR", 0)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().errors()).isNotEmpty();
                    assertThat(e.problem().traceId()).hasSize(32);
                });
    }

    @Test
    void aDeadPortIsUnavailableAtOnce() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        try (HttpTarget dead = HttpTarget.of(URI.create("http://127.0.0.1:" + port + "/api"))) {
            refused(
                    StandardError.UNAVAILABLE,
                    () -> dead.client().timeout(Duration.ofMinutes(1)).call(Till.TICKET, Nothing.NOTHING));
        }
    }

    @Test
    void aServerThatSaysNothingIsLate() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                HttpTarget target = HttpTarget.of(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            refused(
                    StandardError.DEADLINE_EXCEEDED,
                    () -> target.client().timeout(Duration.ofMillis(100)).call(Till.TICKET, Nothing.NOTHING));
        }
    }

    @Test
    void cancelsOnTheOtherSide() throws Exception {
        Cancellation token = new Cancellation();
        var reply = anna().cancellation(token).timeout(Duration.ofMinutes(1)).send(WAIT, Nothing.NOTHING);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        token.cancel();
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> reply.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.CANCELLED));
    }

    @Test
    void theDeadlineReachesTheOtherSide() throws Exception {
        refused(
                StandardError.DEADLINE_EXCEEDED,
                () -> anna().timeout(Duration.ofMillis(200)).call(WAIT, Nothing.NOTHING));
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesMoreCallsThanMayBeInFlight() throws Exception {
        try (HttpTarget narrow = HttpTarget.of(served.base(), t -> t.inFlight(1))) {
            var first = narrow.client().timeout(Duration.ofMinutes(1)).send(WAIT, Nothing.NOTHING);
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            refused(StandardError.UNAVAILABLE, () -> narrow.client().call(Till.TICKET, Nothing.NOTHING));
            told.countDown();
            first.toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(narrow.client().call(Till.TICKET, Nothing.NOTHING)).isEqualTo(new Till.Balance(7));
        }
    }

    @Test
    void refusesAfterItIsClosed() {
        target.close();
        refused(StandardError.UNAVAILABLE, () -> anna().call(Till.TICKET, Nothing.NOTHING));
    }

    @Test
    void refusesRepliesThatAreTooLargeOrNone() {
        try (HttpTarget small = HttpTarget.of(served.base(), t -> t.replyLimit(5))) {
            refused(StandardError.BAD_GATEWAY, () -> small.client().call(Till.TICKET, Nothing.NOTHING));
        }
    }

    @Test
    void sendsAndGetsStreams() throws Exception {
        byte[] bytes = Till.pattern(300_001);
        Content content =
                Content.of(new ByteArrayInputStream(bytes)).as("image/png").named("ä.png");
        Till.Stored stored = target.client().content(content).call(Till.STORE, new Till.Named("ü"));
        assertThat(stored)
                .isEqualTo(new Till.Stored("ü", "ä.png", "image/png", null, bytes.length, Till.sha256(bytes)));
        String longName = "ü".repeat(5_000);
        Till.Stored inAForm = target.client().content(Content.of(bytes)).call(Till.STORE, new Till.Named(longName));
        assertThat(inAForm.name()).isEqualTo(longName);
        assertThat(inAForm.sha256()).isEqualTo(Till.sha256(bytes));
        Reply<Till.Named> fetched = target.client().exchange(Till.FETCH, new Till.Sized(300_001, null));
        assertThat(fetched.result()).isEqualTo(new Till.Named("größe 300001"));
        Content got = java.util.Objects.requireNonNull(fetched.content());
        try (InputStream stream = got.stream()) {
            assertThat(got.length()).isEqualTo(300_001);
            assertThat(got.mediaType()).isEqualTo("application/x-test");
            assertThat(got.fileName()).isEqualTo("Größe \"1\".bin");
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void anUploadThatIsRefusedFailsWithTheProblem() {
        Content content = Content.of(new byte[30_000_000]);
        refused(
                StandardError.UNAUTHENTICATED,
                () -> target.client().content(content).call(Till.VAULT, new Till.Named("n")));
    }

    @Test
    void anUploadThatBreaksFailsOnTheOtherSide() {
        InputStream broken = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the disk is gone");
                }
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                bytes[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> target.client()
                        .content(Content.of(broken))
                        .timeout(Duration.ofSeconds(20))
                        .call(Till.STORE, new Till.Named("n")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void tracesGoOnAcrossTheHop() {
        try (HttpTarget traced = HttpTarget.of(served.base(), t -> t.telemetry(OTEL.getOpenTelemetry()))) {
            traced.client().call(Till.TICKET, Nothing.NOTHING);
        }
        SpanData client = OTEL.getSpans().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .findFirst()
                .orElseThrow();
        SpanData server = OTEL.getSpans().stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(client.getName()).isEqualTo("till/ticket");
        assertThat(server.getParentSpanId()).isEqualTo(client.getSpanId());
        assertThat(server.getTraceId()).isEqualTo(client.getTraceId());
    }

    @Test
    void refusesBasesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTarget.of(URI.create("ftp://a/b")));
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTarget.of(URI.create("http://a:b@c/")));
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTarget.of(URI.create("/api")));
    }
}
