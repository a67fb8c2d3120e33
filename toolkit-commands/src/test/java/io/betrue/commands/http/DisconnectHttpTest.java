package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.betrue.commands.CommandType;
import io.betrue.commands.Content;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that go away, over real sockets. */
@SuppressWarnings("try") // sockets are closed early on purpose
class DisconnectHttpTest {
    private static final CommandType<Nothing, Nothing> WAIT =
            CommandType.of("wait", Nothing.class, Nothing.class).open().timeout(Duration.ofMinutes(1));
    private static final CommandType<Nothing, Nothing> TAKE = CommandType.of("take", Nothing.class, Nothing.class)
            .open()
            .takingContent()
            .timeout(Duration.ofMinutes(1));
    private static final CommandType<Nothing, Nothing> GIVE =
            CommandType.of("give", Nothing.class, Nothing.class).open().givingContent();

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/wait HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                "POST /api/wait HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/wait HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "POST /api/take HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
            })
    void aHandlerSeesAtOnceThatItsClientIsGone(String request) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Long> seen = new CompletableFuture<>();
        try (Served served = Served.plain(c -> c.handle(WAIT, (context, nothing) -> {
                            context.onCancel(() -> seen.complete(System.nanoTime()));
                            running.countDown();
                            seen.get(20, TimeUnit.SECONDS);
                            return nothing;
                        })
                        .handle(TAKE, (context, nothing) -> {
                            context.content().stream().readAllBytes();
                            context.onCancel(() -> seen.complete(System.nanoTime()));
                            running.countDown();
                            seen.get(20, TimeUnit.SECONDS);
                            return nothing;
                        }));
                Socket socket = served.socket()) {
            write(socket, request);
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).isNotDone();
            long closed = System.nanoTime();
            socket.close();
            long after = seen.get(10, TimeUnit.SECONDS) - closed;
            assertThat(Duration.ofNanos(after)).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void aClientThatStaysIsNotTakenForGone() throws Exception {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        try (Served served = Served.plain(c -> c.handle(WAIT, (context, nothing) -> {
                    running.countDown();
                    assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
                    cancelled.complete(context.isCancelled());
                    return nothing;
                }));
                Socket socket = served.socket()) {
            write(socket, "POST /api/wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            write(socket, "POST /api/w"); // the next request begins
            go.countDown();
            socket.setSoTimeout(10_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void aBrokenUploadWakesItsReader() throws Exception {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        CompletableFuture<StandardError> told = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Throwable> logged = new CompletableFuture<>();
        try (Served served = Served.plain(c -> c.intercept(
                                call -> call.proceed().whenComplete((reply, failure) -> logged.complete(failure)))
                        .handle(TAKE, (context, nothing) -> {
                            context.onCancel(() -> told.complete(StandardError.CANCELLED));
                            try (InputStream stream = context.content().stream()) {
                                stream.readNBytes(5);
                                running.countDown();
                                stream.read();
                            } catch (IOException e) {
                                failed.complete(e);
                                throw e;
                            }
                            return nothing;
                        }));
                Socket socket = served.socket()) {
            write(socket, "POST /api/take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello");
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            socket.close();
            assertThat(failed.get(5, TimeUnit.SECONDS)).hasMessageContaining("broke off");
            assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(StandardError.CANCELLED);
            assertThat(logged.get(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.CANCELLED));
        }
    }

    @Test
    void aBrokenUploadIsNoInternalErrorInTheLog() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Logged logged = new Logged();
        try (Served served = Served.plain(c -> c.handle(TAKE, (context, nothing) -> {
                    try (InputStream stream = context.content().stream()) {
                        running.countDown();
                        stream.readAllBytes();
                        return nothing;
                    } finally {
                        ended.complete(null);
                    }
                }));
                Socket socket = served.socket()) {
            write(socket, "POST /api/take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello");
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            socket.close();
            ended.get(5, TimeUnit.SECONDS);
        } finally { // after the server has stopped, nothing more is logged
            logged.detach();
        }
        assertThat(logged.errors()).isEmpty();
    }

    /** What is logged at ERROR, by anybody. */
    private static final class Logged extends AppenderBase<ILoggingEvent> {
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Queue<String> errors = new ConcurrentLinkedQueue<>();

        Logged() {
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                errors.add(event.getFormattedMessage());
            }
        }

        Queue<String> errors() {
            return errors;
        }

        void detach() {
            root.detachAppender(this);
        }
    }

    @Test
    void theDeadlineWakesAReaderWhoseClientStoppedSending() throws Exception {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try (Served served = Served.plain(c -> c.handle(TAKE, (context, nothing) -> {
                    try (InputStream stream = context.content().stream()) {
                        stream.readAllBytes();
                    } catch (IOException e) {
                        failed.complete(e);
                        throw e;
                    }
                    return nothing;
                }));
                Socket socket = served.socket()) {
            write(
                    socket,
                    "POST /api/take HTTP/1.1\r\nHost: a\r\nTimeout-Ms: 1000\r\nContent-Length: 1000\r\n\r\nhello");
            assertThat(failed.get(5, TimeUnit.SECONDS)).hasMessageContaining("has ended");
            socket.setSoTimeout(10_000);
            byte[] head = socket.getInputStream().readNBytes(12);
            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 504");
        }
    }

    @Test
    void aDownloadIsClosedWhenItsClientIsGone() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                reading.countDown();
                return length;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (Served served = Served.plain(c ->
                        c.answer(GIVE, (context, nothing) -> Reply.of(nothing).content(Content.of(endless))));
                Socket socket = served.socket()) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            write(socket, "POST /api/give HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(closed.getCount()).isEqualTo(1);
            socket.close();
            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
