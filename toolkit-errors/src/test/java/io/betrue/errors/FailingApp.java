package io.betrue.errors;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import io.javalin.http.InternalServerErrorResponse;
import io.javalin.http.NotAcceptableResponse;
import io.javalin.http.RedirectResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An application in which every route fails in its own way. */
final class FailingApp {
    /** Part of every unexpected exception's message: it must never reach a client. */
    static final String SECRET = "s3cr3t-internal-detail";

    enum ShopError implements ErrorCode {
        OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left.")),
        TOO_MUCH(ErrorDefinition.of(429, "Too much"));

        private final ErrorDefinition definition;

        ShopError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    record Item(String sku, int count) {
        Item {
            if (count < 0) {
                throw new IllegalArgumentException(SECRET);
            }
        }
    }

    record Order(String customer, List<Item> items) {}

    private FailingApp() {}

    static Javalin start() {
        return start(config -> {});
    }

    static Javalin start(Consumer<JavalinConfig> more) {
        return Javalin.create(config -> {
                    config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(ShopError.values())));
                    basics(config);
                    routes(config.routes);
                    more.accept(config);
                })
                .start();
    }

    static void basics(JavalinConfig config) {
        config.jetty.host = "127.0.0.1";
        config.jetty.port = 0;
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = 1000;
        config.http.asyncTimeout = 1500;
        config.jetty.multipartConfig.maxFileSize(100, SizeUnit.BYTES);
    }

    private static void routes(RoutesConfig routes) {
        routes.get("/ok", ctx -> ctx.result("fine"));
        routes.get("/items/{id}", ctx -> ctx.result("item " + ctx.pathParam("id")));
        routes.put("/items/{id}", ctx -> ctx.result("put"));
        routes.post("/only-post", ctx -> ctx.result("posted"));
        thrown(routes);
        bodies(routes);
        validation(routes);
        async(routes);
        streams(routes);
        statuses(routes);
        sockets(routes);
    }

    private static void thrown(RoutesConfig routes) {
        routes.get("/problem", ctx -> {
            throw ShopError.OUT_OF_STOCK.problem().with("left", 3).toException();
        });
        routes.get("/limited", ctx -> {
            throw ShopError.TOO_MUCH
                    .problem()
                    .retryAfter(java.time.Duration.ofSeconds(7))
                    .toException();
        });
        routes.get("/runtime", ctx -> {
            throw new IllegalStateException(SECRET);
        });
        routes.get("/checked", ctx -> {
            throw new IOException(SECRET, new RuntimeException(SECRET));
        });
        routes.get("/upstream", ctx -> {
            throw StandardError.UNAVAILABLE
                    .problem()
                    .cause(new IOException(SECRET))
                    .toException();
        });
        routes.get("/stack-overflow", ctx -> overflow(0));
        routes.get("/linkage", ctx -> {
            ctx.result("partial");
            throw new NoClassDefFoundError(SECRET);
        });
        routes.get("/memory", ctx -> {
            throw new OutOfMemoryError(SECRET);
        });
        routes.get("/echo", ctx -> {
            throw new BadRequestResponse("no " + ctx.queryParam("q"));
        });
        response(routes, "bad-request", new BadRequestResponse());
        response(routes, "unauthorized", new UnauthorizedResponse());
        response(routes, "forbidden", new ForbiddenResponse("not yours", Map.of("k\"ey", "v")));
        response(routes, "not-acceptable", new NotAcceptableResponse());
        response(routes, "unsupported", new UnsupportedMediaTypeResponse());
        response(routes, "too-many", new TooManyRequestsResponse());
        response(routes, "unavailable", new ServiceUnavailableResponse());
        response(routes, "internal", new InternalServerErrorResponse(SECRET));
        response(routes, "teapot", new HttpResponseException(418, "short and stout"));
        response(routes, "redirect", new RedirectResponse());
    }

    private static void response(RoutesConfig routes, String path, HttpResponseException exception) {
        routes.get("/" + path, ctx -> {
            throw exception;
        });
    }

    private static int overflow(int depth) {
        return depth < 0 ? depth : overflow(depth + 1) + 1;
    }

    private static void bodies(RoutesConfig routes) {
        routes.post("/orders", ctx -> ctx.result(ctx.bodyAsClass(Order.class).customer()));
        routes.post(
                "/stream",
                ctx -> ctx.result(ctx.<Order>bodyStreamAsClass(Order.class).customer()));
        routes.post("/text", ctx -> ctx.result(ctx.body()));
        routes.post(
                "/own-json",
                ctx -> new com.fasterxml.jackson.databind.ObjectMapper().readValue("{\"" + SECRET, Order.class));
        routes.post("/upload", ctx -> ctx.result(ctx.uploadedFiles().size() + " files"));
        routes.get("/unwritable", ctx -> ctx.json(new Object()));
    }

    private static void validation(RoutesConfig routes) {
        routes.get(
                "/pages",
                ctx -> ctx.result("page "
                        + ctx.queryParamAsClass("page", Integer.class)
                                .check(n -> n == null || n > 0, "must be positive")
                                .get()));
        routes.get(
                "/numbers/{n}",
                ctx -> ctx.result("" + ctx.pathParamAsClass("n", Integer.class).get()));
        routes.get(
                "/header",
                ctx -> ctx.result(
                        "" + ctx.headerAsClass("X-Count", Integer.class).get()));
        routes.post(
                "/form",
                ctx -> ctx.result(
                        "" + ctx.formParamAsClass("age", Integer.class).get()));
        routes.post(
                "/validated",
                ctx -> ctx.result(ctx.bodyValidator(Order.class)
                        .check("/customer", order -> !order.customer().isBlank(), "BLANK")
                        .get()
                        .customer()));
    }

    private static void async(RoutesConfig routes) {
        routes.get(
                "/future", ctx -> ctx.future(() -> CompletableFuture.failedFuture(new IllegalStateException(SECRET))));
        routes.get(
                "/future-problem",
                ctx -> ctx.future(() -> CompletableFuture.supplyAsync(() -> {
                    throw ShopError.OUT_OF_STOCK.problem().with("left", 0).toException();
                })));
        routes.get(
                "/future-error",
                ctx -> ctx.future(() -> CompletableFuture.supplyAsync(() -> {
                    throw new AssertionError(SECRET);
                })));
        routes.get("/never", ctx -> ctx.future(CompletableFuture::new));
        routes.get(
                "/async",
                ctx -> ctx.async(() -> {
                    throw new IllegalStateException(SECRET);
                }));
        routes.get(
                "/async-slow",
                ctx -> ctx.async(
                        task -> task.timeout = 50,
                        () -> new java.util.concurrent.CountDownLatch(1)
                                .await(2, java.util.concurrent.TimeUnit.SECONDS)));
    }

    private static void streams(RoutesConfig routes) {
        routes.get("/half-sent", ctx -> {
            ctx.outputStream().write("first half".getBytes(StandardCharsets.UTF_8));
            ctx.res().flushBuffer();
            throw new IllegalStateException(SECRET);
        });
        routes.get("/half-written", ctx -> {
            ctx.outputStream().write("first half".getBytes(StandardCharsets.UTF_8));
            throw new IllegalStateException(SECRET);
        });
        routes.get("/half-compressed", ctx -> {
            ctx.minSizeForCompression(0).outputStream().write("x".repeat(2000).getBytes(StandardCharsets.UTF_8));
            throw new IllegalStateException(SECRET);
        });
        routes.get("/broken-result", ctx -> ctx.result(breaking(10)));
        routes.get("/broken-late", ctx -> ctx.result(breaking(200_000)));
    }

    private static InputStream breaking(int after) {
        InputStream start = new ByteArrayInputStream(new byte[after]);
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(SECRET);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException(SECRET);
            }
        };
        return new java.io.SequenceInputStream(start, failing);
    }

    private static void statuses(RoutesConfig routes) {
        routes.get("/status", ctx -> ctx.status(Integer.parseInt(String.valueOf(ctx.queryParam("s")))));
        routes.get("/own-body", ctx -> ctx.status(404).result("my own page"));
        routes.get("/own-empty", ctx -> ctx.status(404).result(""));
        routes.before("/stopped", ctx -> ctx.status(403).skipRemainingHandlers());
        routes.get("/stopped", ctx -> ctx.result("not reached"));
        routes.get(
                "/send-challenge",
                ctx -> ctx.header("WWW-Authenticate", "Basic realm=\"x\"")
                        .header("Content-Disposition", "attachment")
                        .res()
                        .sendError(401));
        routes.get("/own-challenge", ctx -> ctx.status(401).header("WWW-Authenticate", "Basic realm=\"x\""));
        routes.get("/send-error", ctx -> ctx.res().sendError(409, SECRET));
        routes.get("/stale", ctx -> {
            ctx.header("ETag", "\"1\"").header("Content-Encoding", "x").header("Content-Length", "99999");
            ctx.header("X-Mine", "kept").header("Vary", "Origin").cookie(new Cookie("mine", "kept"));
            throw ShopError.OUT_OF_STOCK.problem().toException();
        });
        routes.get("/after-throws", ctx -> ctx.result("done"));
        routes.after("/after-throws", ctx -> {
            throw new IllegalStateException(SECRET);
        });
        routes.get("/after-error", ctx -> ctx.result("done"));
        routes.after("/after-error", ctx -> {
            throw new AssertionError(SECRET);
        });
    }

    private static void sockets(RoutesConfig routes) {
        routes.ws("/ws", ws -> ws.onMessage(message -> fail(message.message())));
        routes.ws("/ws-guarded", ws -> ws.onMessage(message -> message.send("never")));
        routes.wsBeforeUpgrade("/ws-guarded", FailingApp::refuse);
    }

    private static void fail(String how) {
        switch (how) {
            case "problem" ->
                throw ShopError.OUT_OF_STOCK.problem().with("left", 1).toException();
            case "long" ->
                throw ShopError.OUT_OF_STOCK.problem().detail("ж".repeat(200)).toException();
            case "error" -> throw new AssertionError(SECRET);
            default -> throw new IllegalStateException(SECRET);
        }
    }

    private static void refuse(Context ctx) {
        switch (String.valueOf(ctx.queryParam("how"))) {
            case "problem" -> throw StandardError.FORBIDDEN.problem().toException();
            case "status" -> ctx.status(401).skipRemainingHandlers();
            case "error" -> throw new AssertionError(SECRET);
            default -> throw new IllegalStateException(SECRET);
        }
    }
}
