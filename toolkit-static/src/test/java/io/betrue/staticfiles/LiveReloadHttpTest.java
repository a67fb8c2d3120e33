package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReloadHttpTest {
    @TempDir
    private Path web;

    private final List<Listener> listeners = new ArrayList<>();
    private StaticFilesPlugin plugin;
    private Javalin app;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(web.resolve("a.css"), "a{}");
        plugin = new StaticFilesPlugin(files -> files.mount("/", StaticRoot.directory(web))
                .watch(watch -> watch.debounce(Duration.ofMillis(1)))
                .liveReload("/_live"));
        app = Javalin.create(config -> {
                    config.router.contextPath = "/app";
                    config.registerPlugin(plugin);
                })
                .start(0);
    }

    @AfterEach
    void stop() throws IOException {
        app.stop();
        for (Listener listener : listeners) {
            listener.close();
        }
    }

    @Test
    void tellsEveryBrowserWhichPathsChanged() throws Exception {
        Listener one = listen("");
        Listener two = listen("");
        one.event("version");
        two.event("version");
        Files.writeString(web.resolve("a.css"), "a{color:red}");
        assertThat(one.event("reload")).contains("\"complete\":true").contains("\"changed\":[\"/app/a.css\"]");
        assertThat(two.event("reload")).contains("\"changed\":[\"/app/a.css\"]");
        Files.writeString(web.resolve("b \"x\".css"), "b{}");
        assertThat(one.event("reload")).contains("\"added\":[\"/app/b \\u0022x\\u0022.css\"]");
    }

    @Test
    void tellsWhoComesBackThatItMissedSomething() throws Exception {
        Listener one = listen("");
        one.event("version");
        String seen = one.id;
        Listener same = listen("Last-Event-ID: " + seen + "\r\n");
        same.event("version");
        Files.writeString(web.resolve("a.css"), "changed");
        assertThat(same.event("reload")).contains("\"complete\":true");
        assertThat(listen("Last-Event-ID: " + seen + "\r\n").event("reload")).contains("\"complete\":false");
    }

    @Test
    void servesItsScript() throws Exception {
        HttpResponse<String> script = get("/app/_live/client.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("new EventSource(");
    }

    @Test
    void refusesClientBeyondTheLimitAndTakesOneWhenAnotherHasGone() throws Exception {
        for (int i = 0; i < LiveReload.MOST_CLIENTS; i++) {
            listen("").event("version");
        }
        assertThat(get("/app/_live").statusCode()).isEqualTo(503);
        listeners.get(0).close();
        WaitFor.condition("a place is free", () -> {
            // a client that has gone is noticed when something is sent to it
            Files.writeString(web.resolve("a.css"), Long.toString(System.nanoTime()));
            plugin.files().reload();
            return listen("").status.contains(" 200 ");
        });
    }

    @Test
    void stopsWhileBrowsersListen() throws Exception {
        Listener reads = listen("");
        reads.event("version");
        listen("");
        long start = System.nanoTime();
        app.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(reads.end()).isTrue();
        WaitFor.condition(
                "no thread is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals(LiveReload.THREAD)
                                || thread.getName().equals(Watcher.THREAD)));
    }

    @Test
    void letsClientGoThatDoesNotRead() throws Exception {
        LiveReload live = new LiveReload(Duration.ofMillis(1));
        try (Socket silent = connect(live)) {
            WaitFor.condition("it has come", () -> live.clients() == 1);
            StaticFilesReload large = reload("/" + "x".repeat(100_000));
            WaitFor.condition("it is let go", () -> {
                live.changed(large);
                return live.clients() == 0;
            });
            long start = System.nanoTime();
            app.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void findsByItsHeartBeatWhoHasGone() throws Exception {
        LiveReload live = new LiveReload(Duration.ofMillis(1));
        live.start();
        connect(live).close();
        Socket stays = request("/live", "");
        WaitFor.condition("only one is left", () -> live.clients() == 1);
        BufferedReader in = new BufferedReader(new InputStreamReader(stays.getInputStream(), StandardCharsets.UTF_8));
        WaitFor.condition("a comment comes", () -> ":".equals(in.readLine()));
        live.close();
        stays.close();
    }

    private Socket connect(LiveReload live) throws IOException {
        app.stop();
        app = Javalin.create(config -> config.routes.get("/live", live::events)).start(0);
        return request("/live", "");
    }

    private static StaticFilesReload reload(String path) {
        return new StaticFilesReload(List.of(), List.of(path), List.of(), 1, Duration.ZERO);
    }

    private Socket request(String path, String fields) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
        socket.setSoTimeout(10_000);
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + fields + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void doesNotExistUnlessAskedFor() throws Exception {
        app.stop();
        app = Javalin.create(config -> config.registerPlugin(
                        new StaticFilesPlugin(files -> files.mount("/", StaticRoot.directory(web)))))
                .start(0);
        assertThat(get("/_live").statusCode()).isEqualTo(404);
        assertThat(get("/_live/client.js").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private Listener listen(String fields) throws IOException {
        Listener listener = new Listener(request("/app/_live", fields));
        listeners.add(listener);
        return listener;
    }

    private static final class Listener {
        private final Socket socket;
        private final BufferedReader in;
        private final String status;
        private String id = "";

        Listener(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = String.valueOf(in.readLine());
        }

        /** Reads on to the next event of a name. Lines of chunk sizes are passed over. */
        String event(String name) throws IOException {
            String type = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ") && type.equals(name)) {
                    return line.substring(6);
                }
            }
            throw new AssertionError("the events ended before " + name);
        }

        boolean end() throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                assertThat(line).doesNotContain("event: reload");
            }
            return true;
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
