package io.betrue.schema;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.json.JavalinJackson3;
import io.javalin.router.Endpoint;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaPluginHttpTest {
    private static final String GOOD = "{\"sku\":\"abc\",\"amount\":2,\"price\":1.10}";
    private static final String BAD = "{\"sku\":\"abc\"}";

    private final AtomicReference<Javalin> app = new AtomicReference<>();

    record Order(String sku, int amount, BigDecimal price) {
        Order {
            if (sku.equals("abc") && amount == 13) {
                throw new IllegalArgumentException("unlucky");
            }
        }
    }

    record Tagged(String sku, int amount, List<Integer> tags) {}

    private Javalin start(Consumer<JavalinConfig> routes) {
        Javalin started = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.registerPlugin(new ErrorsPlugin());
                    config.registerPlugin(new SchemaPlugin(OrdersApp.schemas()));
                    routes.accept(config);
                })
                .start("127.0.0.1", 0);
        app.set(started);
        return started;
    }

    @AfterEach
    void stop() {
        if (app.get() != null) {
            app.get().stop();
        }
    }

    @Test
    void leavesRoutesAloneThatAreCheckedElsewhere() {
        Javalin app = start(config -> config.routes.addEndpoint(Endpoint.create(HandlerType.POST, "/elsewhere")
                .addMetadata(RouteSchema.of(in("unknown"), out(200, "order")).checkedElsewhere())
                .handler(ctx -> ctx.result(ctx.body()))));
        assertThat(Http.postJson(app, "/elsewhere", BAD).body()).isEqualTo(BAD);
    }

    @Test
    void checksRoutesOfJavalinsOwnMetadata() {
        Javalin started = start(config -> config.routes.addEndpoint(Endpoint.create(HandlerType.PUT, "/orders")
                .addMetadata(RouteSchema.of(in("order/create")))
                .handler(ctx -> ctx.result("fine"))));

        assertThat(Http.send(started, "PUT", "/orders", BAD, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Http.send(started, "PUT", "/orders", GOOD, "Content-Type", "application/json")
                        .body())
                .isEqualTo("fine");
    }

    @Test
    void mapsTheBodyWithoutReadingItAgain() {
        Javalin started = start(config -> config.routes.addEndpoint(SchemaRoutes.post(
                "/orders", in("order/create"), ctx -> ctx.result(String.valueOf(SchemaBody.as(ctx, Order.class))))));

        assertThat(Http.postJson(started, "/orders", GOOD).body()).isEqualTo("Order[sku=abc, amount=2, price=1.10]");
    }

    @Test
    void leavesTheBodyReadableInJavalinsWays() {
        Javalin started = start(config -> config.routes.addEndpoint(SchemaRoutes.post(
                "/orders",
                in("order/create"),
                ctx -> ctx.result(ctx.bodyAsClass(Order.class) + " "
                        + ctx.body() + " "
                        + ctx.bodyValidator(Order.class).get().amount()))));

        assertThat(Http.postJson(started, "/orders", GOOD).body())
                .isEqualTo("Order[sku=abc, amount=2, price=1.10] " + GOOD + " 2");
    }

    @Test
    void mapsByAnotherMapperToo() {
        Javalin started = start(config -> {
            config.jsonMapper(new JavalinJackson3());
            config.routes.addEndpoint(SchemaRoutes.post(
                    "/orders", in("order/create"), ctx -> ctx.result(String.valueOf(SchemaBody.as(ctx, Order.class)))));
        });

        assertThat(Http.postJson(started, "/orders", GOOD).body()).isEqualTo("Order[sku=abc, amount=2, price=1.10]");
    }

    @Test
    void tellsTheClientWhereAClassRefusesWhatTheSchemaLetThrough() {
        Javalin started = start(config -> {
            config.routes.addEndpoint(SchemaRoutes.post(
                    "/orders", in("order/create"), ctx -> ctx.result(String.valueOf(SchemaBody.as(ctx, Order.class)))));
            config.routes.addEndpoint(SchemaRoutes.post(
                    "/tagged",
                    in("order/create"),
                    ctx -> ctx.result(String.valueOf(SchemaBody.as(ctx, Tagged.class)))));
        });

        HttpResponse<String> unlucky = Http.postJson(started, "/orders", "{\"sku\":\"abc\",\"amount\":13}");
        assertThat(unlucky.statusCode()).isEqualTo(422);
        assertThat(unlucky.body())
                .contains("\"errors\":[{\"location\":\"body\",\"pointer\":\"\",\"code\":\"INVALID\"")
                .doesNotContain("unlucky");
        HttpResponse<String> wrong =
                Http.postJson(started, "/tagged", "{\"sku\":\"abc\",\"amount\":1,\"tags\":[\"a\"]}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"pointer\":\"/tags/0\",\"code\":\"INVALID\"");
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoCheckedBody() {
        Javalin started = start(config -> {
            config.routes.exception(IllegalStateException.class, (e, ctx) -> ctx.result(e.getMessage()));
            config.routes.post("/plain", ctx -> ctx.result(SchemaBody.tree(ctx).toString()));
        });

        assertThat(Http.postJson(started, "/plain", GOOD).body())
                .startsWith("there is no checked body of POST /plain;");
    }

    @Test
    void asksWhoComesBeforeItSaysWhatIsWrong() {
        Javalin started = start(config -> {
            config.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), ctx -> ctx.result("fine")));
            config.routes.beforeMatched("/orders", ctx -> {
                if (ctx.header("Authorization") == null) {
                    throw StandardError.UNAUTHENTICATED.problem().toException();
                }
            });
        });

        assertThat(Http.postJson(started, "/orders", BAD).statusCode()).isEqualTo(401);
        assertThat(Http.send(started, "POST", "/orders", BAD, "Content-Type", "application/json", "Authorization", "me")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void runsNoHandlerOfARefusedRequestButWhatComesAfter() {
        List<String> ran = new CopyOnWriteArrayList<>();
        Javalin started = start(config -> {
            config.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), ctx -> ran.add("handler")));
            config.routes.before(ctx -> ran.add("before"));
            config.routes.after(ctx -> ran.add("after " + ctx.statusCode()));
        });

        Http.postJson(started, "/orders", BAD);

        assertThat(ran).containsExactly("before", "after 422");
    }

    @Test
    void knowsThePathsThatJavalinKnows() {
        Javalin started = start(config -> {
            config.router.contextPath = "/shop";
            config.router.caseInsensitiveRoutes = true;
            config.routes.addEndpoint(SchemaRoutes.get(
                    "/a/{id}/<rest>",
                    path("id", "positive").and(path("rest", "{\"type\": \"string\", \"maxLength\": 5}")),
                    ctx -> ctx.result("fine")));
        });

        assertThat(Http.get(started, "/shop/a/1/b/c").body()).isEqualTo("fine");
        assertThat(Http.get(started, "/shop/A/1/b%2Fc/").statusCode()).isEqualTo(200);
        assertThat(Http.get(started, "/shop/a/x/b").body())
                .contains("\"location\":\"path\",\"name\":\"id\",\"code\":\"type\"");
        assertThat(Http.get(started, "/shop/a/1/b/c/d/e").body())
                .contains("\"location\":\"path\",\"name\":\"rest\",\"code\":\"maxLength\"");
    }

    @Test
    void tellsEveryFaultOfEveryRouteAtTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> start(config -> {
                    config.routes.addEndpoint(SchemaRoutes.post("/a", in("order/creat"), out(201, "order"), ctx -> {}));
                    config.routes.addEndpoint(SchemaRoutes.get("/b/{id}", path("di", "positive"), ctx -> {}));
                    config.routes.addEndpoint(SchemaRoutes.get("/c", query("q", "{\"type\": \"object\"}"), ctx -> {}));
                    config.routes.addEndpoint(SchemaRoutes.get("/d", query("q", "{\"type\": "), ctx -> {}));
                }))
                .withMessageContaining("routes cannot be checked, 5 faults:")
                .withMessageContaining(
                        "POST /a: body application/json: schema \"order/creat\" is not registered; did you"
                                + " mean \"order/create\"?")
                .withMessageContaining("POST /a: response 201: schema \"order\" is not registered")
                .withMessageContaining("GET /b/{id}: the path has no {di}")
                .withMessageContaining("GET /c: query parameter \"q\" is an object;")
                .withMessageContaining("GET /d: query parameter \"q\": ");
    }

    @Test
    void refusesUndeclaredQueryParametersWhereItIsToldTo() {
        Javalin strict = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.registerPlugin(new ErrorsPlugin());
                    config.registerPlugin(new SchemaPlugin(OrdersApp.schemas(), SchemaPluginConfig::strictQueries));
                    RouteSchema takes = query("page", "positive").and(RouteParts.header("X-A", "positive"));
                    config.routes.addEndpoint(SchemaRoutes.get("/a", takes, ctx -> ctx.result("fine")));
                    config.routes.addEndpoint(SchemaRoutes.get("/b", out(200, "anything"), ctx -> ctx.result("fine")));
                    config.routes.get("/c", ctx -> ctx.result("fine"));
                })
                .start("127.0.0.1", 0);
        app.set(strict);

        assertThat(Http.get(strict, "/a?page=1").body()).isEqualTo("fine");
        assertThat(Http.get(strict, "/c?other=1").body()).isEqualTo("fine");
        assertThat(Http.get(strict, "/b").body()).isEqualTo("fine");
        assertThat(Http.get(strict, "/b?other=secret"))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(422))
                .satisfies(response -> assertThat(response.body())
                        .contains(
                                "{\"location\":\"query\",\"name\":\"other\",\"code\":\"UNKNOWN\",\"detail\":\"is not a known parameter\"}")
                        .doesNotContain("secret"));
        assertThat(Http.get(strict, "/a?pgae=1&page=0&" + "n".repeat(300), "X-A", "0")
                        .body())
                .containsSubsequence("minimum", "pgae", "n".repeat(100) + "…", "X-A")
                .doesNotContain("n".repeat(101));
    }

    @Test
    void refusesAParameterWhoseItemsNoTextCanBe() {
        String objects = "{\"type\": \"array\", \"items\": {\"type\": \"object\"}}";
        String arrays = "{\"allOf\": [{\"type\": \"array\", \"items\": [{\"type\": \"array\"}]}]}";

        assertThatThrownBy(() -> start(config -> {
                    config.routes.addEndpoint(SchemaRoutes.get("/a", query("a", objects), ctx -> {}));
                    config.routes.addEndpoint(SchemaRoutes.get("/b", query("b", arrays), ctx -> {}));
                }))
                .hasMessageContaining("2 faults")
                .hasMessageContaining("GET /a: query parameter \"a\" has objects or arrays as items")
                .hasMessageContaining("GET /b: query parameter \"b\" has objects or arrays as items");
    }

    @Test
    void checksRoutesThatAreAddedLater() {
        Javalin started = start(config -> {});
        started.unsafe.routes.addEndpoint(SchemaRoutes.post("/late", in("order/create"), ctx -> ctx.result("fine")));

        assertThat(Http.postJson(started, "/late", BAD).statusCode()).isEqualTo(422);
        assertThat(Http.postJson(started, "/late", GOOD).body()).isEqualTo("fine");
    }

    @Test
    void servesNoLateRouteWhoseSchemaIsMissing() {
        Javalin started = start(config -> {});

        assertThatThrownBy(() -> started.unsafe.routes.addEndpoint(
                        SchemaRoutes.post("/late", in("missing"), ctx -> ctx.result("fine"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("POST /late: body application/json: schema \"missing\"");
        assertThat(Http.postJson(started, "/late", GOOD).statusCode()).isEqualTo(500);
    }

    @Test
    void answersInTheLanguageAndFormOfTheErrorsPlugin() {
        Javalin started = start(config ->
                config.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), ctx -> ctx.result("fine"))));

        HttpResponse<String> response =
                Http.send(started, "POST", "/orders", BAD, "Content-Type", "application/json", "Accept-Language", "ru");

        assertThat(Http.header(response, "Content-Language")).isEqualTo("ru");
        assertThat(response.body()).contains("\"traceId\":\"").doesNotContain("\"title\":\"Validation failed\"");
    }

    @Test
    void checksParametersOfEventStreamsBeforeTheyOpen() {
        Javalin started = start(config -> config.routes.addEndpoint(Endpoint.create(HandlerType.GET, "/events")
                .addMetadata(RouteSchema.of(query("room", "positive").require()))
                .handler(new SseHandler(client -> {
                    client.sendEvent(String.valueOf(client.ctx().queryParam("room")));
                    client.close();
                }))));

        assertThat(Http.get(started, "/events?room=x", "Accept", "text/event-stream")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Http.get(started, "/events?room=7", "Accept", "text/event-stream")
                        .body())
                .contains("data: 7");
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        Javalin started = start(config -> config.routes.addEndpoint(SchemaRoutes.post(
                "/orders/{n}",
                path("n", "positive").and(in("order/create")),
                ctx -> ctx.result(ctx.pathParam("n") + " "
                        + SchemaBody.as(ctx, Order.class).amount()))));
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 1; i <= 400; i++) {
                int amount = i;
                String json = "{\"sku\":\"abc\",\"amount\":" + (amount % 4 == 0 ? 0 : amount + 13) + "}";
                answers.add(clients.submit(
                        () -> Http.postJson(started, "/orders/" + amount, json).body()));
            }
            for (int i = 1; i <= 400; i++) {
                String answer = answers.get(i - 1).get(30, TimeUnit.SECONDS);
                assertThat(answer)
                        .matches(i % 4 == 0 ? ".*\"pointer\":\"/amount\",\"code\":\"minimum\".*" : i + " " + (i + 13));
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
