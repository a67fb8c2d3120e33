package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handlers that the application gives to Jetty stay, wherever they are set. */
class FrontHandlersHttpTest {
    private static void serve(Consumer<Server> before, Consumer<Server> after, Consumer<Javalin> client) {
        Tree tree = Site.tree(true);
        Javalin app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/m/ten.txt", ctx -> ctx.result("route"));
            config.routes.get("/route", ctx -> ctx.result("a route"));
            config.jetty.modifyServer(before);
            Serving.install(config.unsafe, () -> tree);
            config.jetty.modifyServer(after);
        });
        app.start(0);
        try {
            client.accept(app);
        } finally {
            app.stop();
        }
    }

    private static Answer get(Javalin app, String path, String... headers) {
        return Protocols.http1(app.port(), "GET", path, List.of(headers));
    }

    /** Answers /own, counts everything. */
    private static final class Own extends Handler.Wrapper {
        private final AtomicInteger seen = new AtomicInteger();

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            seen.incrementAndGet();
            if (!Request.getPathInContext(request).equals("/own")) {
                return super.handle(request, response, callback);
            }
            Response.writeError(request, response, callback, HttpStatus.IM_A_TEAPOT_418);
            return true;
        }
    }

    @Test
    void keepsHandlersSetBeforeAndAfter() {
        for (boolean sequence : new boolean[] {false, true}) {
            for (boolean late : new boolean[] {false, true}) {
                Own own = new Own();
                Consumer<Server> set = server -> {
                    if (sequence) {
                        server.setHandler(new Handler.Sequence(own));
                    } else {
                        server.setHandler(own);
                    }
                };
                serve(late ? server -> {} : set, late ? set : server -> {}, app -> {
                    assertThat(get(app, "/own").status()).isEqualTo(418);
                    assertThat(get(app, "/m/large.bin").status()).isEqualTo(200);
                    assertThat(get(app, "/route").body()).isEqualTo("a route");
                    assertThat(own.seen).hasPositiveValue();
                });
            }
        }
    }

    @Test
    @SuppressWarnings("removal") // its successor is a module of its own, and applications have this one
    void keepsGzipHandler() {
        serve(server -> server.insertHandler(new GzipHandler()), server -> {}, app -> {
            Answer coded = get(app, "/m/coded.css", "Accept-Encoding: br");
            assertThat(coded.body()).isEqualTo(Site.body("br"));
            Answer zipped = get(app, "/s/large.bin", "Accept-Encoding: gzip");
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(unzipped(zipped.body()).equals(Site.large())).isTrue();
            assertThat(get(app, "/route").body()).isEqualTo("a route");
        });
    }

    @Test
    void replacesFieldsThatHandlersBeforeItHaveSet() {
        Handler.Wrapper careful = new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                response.getHeaders().put("Cache-Control", "no-store").put("X-Own", "kept");
                return super.handle(request, response, callback);
            }
        };
        serve(server -> server.insertHandler(careful), server -> {}, app -> {
            Answer answer = get(app, "/m/ten.txt");
            assertThat(answer.all("Cache-Control")).containsExactly("max-age=60");
            assertThat(answer.all("X-Own")).containsExactly("kept");
        });
    }

    @Test
    void varyOfHandlerBeforeItStays() {
        Handler.Wrapper varying = new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                response.getHeaders().put("Vary", "Origin");
                return super.handle(request, response, callback);
            }
        };
        serve(
                server -> server.insertHandler(varying),
                server -> {},
                app -> assertThat(get(app, "/m/coded.css").all("Vary")).containsExactly("Origin", "Accept-Encoding"));
    }

    @Test
    void statisticsKeepCounting() {
        serve(server -> {}, server -> {}, app -> {
            get(app, "/m/ten.txt");
            get(app, "/s/ten.txt");
            StatisticsHandler statistics = app.jettyServer().server().getDescendant(StatisticsHandler.class);
            assertThat(statistics.getRequestTotal()).isEqualTo(2);
        });
    }

    @Test
    void requestLogSeesEachField() {
        CompletableFuture<HttpFields> logged = new CompletableFuture<>();
        RequestLog log = (request, response) -> logged.complete(HttpFields.build(response.getHeaders()));
        serve(server -> server.setRequestLog(log), server -> {}, app -> {
            Answer answer = get(app, "/m/ten.txt");
            HttpFields fields = logged.orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(fields.get("ETag")).isEqualTo(answer.header("ETag")).isNotEmpty();
            assertThat(fields.get("Cache-Control"))
                    .isEqualTo(answer.header("Cache-Control"))
                    .isNotEmpty();
        });
    }

    @Test
    void fileWinsOverRouteAndALineSaysSo() {
        try (Logged log = Logged.of(StaticFilesPlugin.class)) {
            serve(
                    server -> {},
                    server -> {},
                    app -> assertThat(get(app, "/m/ten.txt").body()).isEqualTo("0123456789"));
            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN GET /m/ten.txt is never called"));
        }
    }

    @Test
    void webSocketAtThePathOfAFileIsTheApplications() {
        serve(server -> {}, server -> {}, app -> {
            app.unsafe.routes.ws("/m/ten.txt", ws -> ws.onMessage(ctx -> ctx.send("echo of " + ctx.message())));
            assertThat(echo(app, "/m/ten.txt", "hello")).isEqualTo("echo of hello");
            assertThat(get(app, "/m/ten.txt").body()).isEqualTo("0123456789");
        });
    }

    @Test
    void webSocketWhereOnlyAFileStandsIsRefused() {
        serve(server -> {}, server -> {}, app -> {
            List<String> upgrade = List.of(
                    "GET /m/large.bin HTTP/1.1",
                    "Host: x",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            Answer answer = RawHttp.exchange(app.port(), String.join("\r\n", upgrade) + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("ETag")).isEqualTo("-");
        });
    }

    /** {@return what comes back for a text sent through a WebSocket} */
    private static String echo(Javalin app, String path, String text) {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                first.complete(data.toString());
                return null;
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + app.port() + path), listener)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        socket.sendText(text, true).join();
        String answer = first.orTimeout(10, TimeUnit.SECONDS).join();
        socket.abort();
        return answer;
    }

    private static String unzipped(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
