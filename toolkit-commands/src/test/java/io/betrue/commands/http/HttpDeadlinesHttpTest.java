package io.betrue.commands.http;

import static io.betrue.commands.http.Served.FIVE;
import static io.betrue.commands.http.Served.refused;
import static io.betrue.commands.http.Served.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.javalin.config.JavalinConfig;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a call may take, and what it holds meanwhile. */
class HttpDeadlinesHttpTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "3600001", "soon", "99999999999999"})
    void refusesTimeoutsThatAreNone(String timeout) throws Exception {
        try (Served served = served(true)) {
            HttpResponse<String> refused =
                    Served.send(served.json("/api/till/deposit", FIVE).header("Timeout-Ms", timeout));
            refused(400, "BAD_REQUEST", refused);
            assertThat(refused.body()).contains("Timeout-Ms");
        }
        assertThat(timeout).isNotEmpty();
    }

    @Test
    void answersAtTheDeadlineOfTheCaller() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch told = new CountDownLatch(1);
        try (Served served = Served.plain(c -> c.handle(slow, (context, nothing) -> {
            context.onCancel(told::countDown);
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            return nothing;
        }))) {
            refused(
                    504,
                    "DEADLINE_EXCEEDED",
                    Served.send(served.json("/api/slow", "").header("Timeout-Ms", "50")));
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void slowHandlersDoNotHoldTheServersThreads() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch go = new CountDownLatch(1);
        Consumer<JavalinConfig> few = config -> {
            Served.WITH_ERRORS.accept(config);
            config.jetty.threadPool = new org.eclipse.jetty.util.thread.QueuedThreadPool(8, 8);
        };
        try (Served served = new Served(
                few,
                c -> c.handle(slow, (context, nothing) -> {
                    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                    return nothing;
                }),
                h -> {})) {
            List<CompletableFuture<Integer>> waiting = java.util.stream.IntStream.range(0, 32)
                    .mapToObj(i -> java.net.http.HttpClient.newHttpClient()
                            .sendAsync(
                                    served.json("/api/slow", "{}")
                                            .header("Timeout-Ms", "20000")
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode))
                    .toList();
            assertThat(Served.send(served.json("/api/till/deposit", FIVE)).statusCode())
                    .isEqualTo(200);
            go.countDown();
            for (CompletableFuture<Integer> one : waiting) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void callsAgainOverTheSameConnectionAlsoIfItSentTheNextRequestEarly() throws Exception {
        CommandType<Nothing, Nothing> slow =
                CommandType.of("slow", Nothing.class, Nothing.class).open();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Served served = Served.plain(c -> c.handle(slow, (context, nothing) -> {
                    running.countDown();
                    assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
                    context.throwIfCancelled();
                    return nothing;
                }));
                Socket socket = served.socket()) {
            String pad = "x".repeat(3_000); // more than is looked at
            String request = "POST /api/slow HTTP/1.1\r\nHost: a\r\nX-Pad: " + pad + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(request.replace("Host: a", "Host: a\r\nConnection: close")
                            .getBytes(StandardCharsets.US_ASCII));
            go.countDown();
            InputStream answers = socket.getInputStream();
            socket.setSoTimeout(10_000);
            String all = new String(answers.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all.split("HTTP/1.1 200", -1)).as(all).hasSize(4);
        }
    }
}
