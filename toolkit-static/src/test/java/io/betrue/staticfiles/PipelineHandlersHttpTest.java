package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.staticfiles.Location;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application does around files in the pipeline: its handlers, loggers and filters count. */
class PipelineHandlersHttpTest {
    private static Answer get(Consumer<JavalinConfig> config, String path, String... headers) {
        Tree tree = Site.tree(false);
        return serve(tree, config, port -> Protocols.http1(port, "GET", path, List.of(headers)));
    }

    private static Answer serve(Tree tree, Consumer<JavalinConfig> config, IntFunction<Answer> client) {
        Javalin app = Javalin.create(all -> {
            all.startup.showJavalinBanner = false;
            config.accept(all);
            Serving.install(all.unsafe, () -> tree);
        });
        app.start(0);
        try {
            return client.apply(app.port());
        } finally {
            app.stop();
        }
    }

    @Test
    void afterHandlerChangesFields() {
        Answer answer = get(config -> config.routes.after(ctx -> ctx.header("Cache-Control", "private")), "/m/ten.txt");
        assertThat(answer.header("Cache-Control")).isEqualTo("private");
        assertThat(answer.body()).isEqualTo("0123456789");
    }

    @Test
    void varyOfBeforeHandlerStays() {
        Answer answer = get(config -> config.routes.before(ctx -> ctx.header("Vary", "Origin")), "/m/coded.css");
        assertThat(answer.header("Vary")).isEqualTo("Origin | Accept-Encoding");
    }

    @Test
    void resultOfAfterHandlerWins() {
        for (String path : List.of("/m/coded.css", "/s/coded.css")) {
            Answer answer = get(config -> config.routes.after(ctx -> ctx.result("mine")), path, "Accept-Encoding: br");
            assertThat(answer.body()).isEqualTo("mine");
            assertThat(answer.header("Content-Encoding")).isEqualTo("-");
            assertThat(answer.header("ETag")).isEqualTo("-");
            assertThat(answer.header("Cache-Control")).isEqualTo("-");
            assertThat(answer.header("Content-Length")).isIn("-", "4");
        }
    }

    @Test
    void exceptionOfAfterHandlerWins() {
        Answer answer = get(
                config -> config.routes.after(ctx -> {
                    throw new ForbiddenResponse("no");
                }),
                "/s/coded.css",
                "Accept-Encoding: br");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("no");
        assertThat(answer.header("Content-Encoding")).isEqualTo("-");
        assertThat(answer.header("ETag")).isEqualTo("-");
    }

    @Test
    void answerToAnExceptionKeepsItsOwnVaryAndNosniff() {
        Answer answer = get(
                config -> {
                    config.routes.after(ctx -> {
                        throw new IllegalStateException("late");
                    });
                    config.routes.exception(
                            IllegalStateException.class,
                            (e, ctx) -> ctx.status(503)
                                    .header("Vary", "Accept")
                                    .header("X-Content-Type-Options", "nosniff")
                                    .result("sorry"));
                },
                "/m/coded.css");
        assertThat(answer.body()).isEqualTo("sorry");
        assertThat(answer.header("Vary")).contains("Accept");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void fieldsOfBeforeHandlerComeBackWhenTheFileIsNotSent() {
        for (String path : List.of("/m/coded.css", "/s/coded.css")) {
            Answer answer = get(
                    config -> {
                        config.routes.before(ctx -> ctx.header("Cache-Control", "no-store"));
                        config.routes.after(ctx -> ctx.result("mine"));
                    },
                    path);
            assertThat(answer.body()).isEqualTo("mine");
            assertThat(answer.all("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void silentExceptionHandlerSendsNoFile() {
        Answer answer = get(
                config -> {
                    config.routes.after(ctx -> {
                        throw new IllegalStateException("late");
                    });
                    config.routes.exception(IllegalStateException.class, (e, ctx) -> ctx.status(503));
                },
                "/m/ten.txt");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("-");
    }

    @Test
    void statusOfAfterHandlerCounts() {
        Answer answer = get(config -> config.routes.after(ctx -> ctx.status(503)), "/m/ten.txt");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("0123456789");
    }

    @Test
    void skippedHandlersDoNotLoseTheFile() {
        for (String path : List.of("/m/large.bin", "/s/large.bin")) {
            Answer answer = get(config -> config.routes.after(ctx -> ctx.skipRemainingHandlers()), path);
            assertThat(answer.body().equals(Site.large())).isTrue();
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(Site.LARGE));
        }
    }

    @Test
    void asynchronousAfterHandlerIsWaitedFor() {
        Answer answer = get(
                config -> config.routes.after(ctx -> ctx.future(
                        () -> CompletableFuture.supplyAsync(() -> "later").thenAccept(x -> ctx.header("X-Late", x)))),
                "/s/large.bin");
        assertThat(answer.header("X-Late")).isEqualTo("later");
        assertThat(answer.body().equals(Site.large())).isTrue();
    }

    @Test
    void javalinNeitherCompressesNorTags() {
        Answer answer = get(
                config -> {
                    config.http.generateEtags = true;
                    config.http.compressionStrategy = CompressionStrategy.GZIP;
                },
                "/m/large.bin",
                "Accept-Encoding: gzip");
        assertThat(answer.header("Content-Encoding")).isEqualTo("-");
        assertThat(answer.header("ETag")).isEqualTo("\"id-1\"");
        assertThat(answer.body().equals(Site.large())).isTrue();
    }

    @Test
    void loggerSeesEachRequestOnce() {
        CompletableFuture<String> first = new CompletableFuture<>();
        BlockingQueue<String> more = new LinkedBlockingQueue<>();
        serve(
                Site.tree(false),
                config -> config.requestLogger.http((ctx, ms) -> {
                    String line = ctx.path() + " " + ctx.statusCode();
                    if (!first.complete(line)) {
                        more.add(line);
                    }
                }),
                port -> {
                    Answer answer = Protocols.http1(port, "GET", "/s/ten.txt", List.of("Range: bytes=0-1"));
                    // logged behind the answer: a server that is stopped at once may never come to it
                    assertThat(first.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("/s/ten.txt 206");
                    return answer;
                });
        assertThat(more).isEmpty();
    }

    @Test
    void routeWins() {
        Answer answer = get(config -> config.routes.get("/m/ten.txt", ctx -> ctx.result("route")), "/m/ten.txt");
        assertThat(answer.body()).isEqualTo("route");
    }

    @Test
    void routeWinsWhateverTheClientClaims() {
        Answer answer = serve(
                Site.tree(false),
                config -> config.routes.get("/m/ten.txt", ctx -> ctx.result("route")),
                port -> Protocols.http1(port, "POST", "/m/ten.txt", List.of("X-HTTP-Method-Override: HEAD")));
        assertThat(answer.status())
                .as("Javalin answers a HEAD where a GET route stands")
                .isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Allow")).isEqualTo("-");
        assertThat(answer.header("ETag")).isEqualTo("-");
    }

    @Test
    void javalinsOwnStaticFilesWorkBesides(@TempDir Path web) throws IOException {
        Files.writeString(web.resolve("own.txt"), "Javalin's");
        Consumer<JavalinConfig> own = config -> config.staticFiles.add(web.toString(), Location.EXTERNAL);
        assertThat(get(own, "/own.txt").body()).isEqualTo("Javalin's");
        assertThat(get(own, "/m/ten.txt").body()).isEqualTo("0123456789");
    }

    @Test
    void javalinsOwnStaticFilesMayBeAddedLater(@TempDir Path web) throws IOException {
        Files.writeString(web.resolve("own.txt"), "Javalin's");
        Tree tree = Site.tree(false);
        Javalin app = Javalin.create(config -> Serving.install(config.unsafe, () -> tree));
        app.unsafe.staticFiles.add(web.toString(), Location.EXTERNAL);
        app.start(0);
        try {
            assertThat(Protocols.http1(app.port(), "GET", "/own.txt", List.of()).body())
                    .isEqualTo("Javalin's");
        } finally {
            app.stop();
        }
    }

    @Test
    void corsPreflightWorks() {
        Answer answer = serve(
                Site.tree(false),
                config -> config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> rule.anyHost())),
                port -> Protocols.http1(
                        port,
                        "OPTIONS",
                        "/m/ten.txt",
                        List.of("Origin: https://a.example", "Access-Control-Request-Method: GET")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void responseWrappedByFilterIsRespected() {
        Consumer<JavalinConfig> filter = config -> config.jetty.modifyServletContextHandler(handler -> {
            FilterHolder holder = new FilterHolder((request, response, chain) ->
                    chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                        @Override
                        public void setHeader(String name, String value) {
                            super.setHeader(name, name.equals("Cache-Control") ? "filtered" : value);
                        }
                    }));
            holder.setAsyncSupported(true);
            handler.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
        for (String path : List.of("/m/large.bin", "/s/large.bin")) {
            Answer answer = get(filter, path);
            assertThat(answer.header("Cache-Control")).isEqualTo("filtered");
            assertThat(answer.body().equals(Site.large())).isTrue();
        }
    }
}
