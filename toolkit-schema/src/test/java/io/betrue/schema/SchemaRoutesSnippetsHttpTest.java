package io.betrue.schema;

import static io.betrue.schema.RouteParts.form;
import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.inStream;
import static io.betrue.schema.RouteParts.multipart;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.problems;
import static io.betrue.schema.RouteParts.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorsPlugin;
import io.betrue.errors.StandardError;
import io.betrue.schema.Parameter.ArrayStyle;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/schema-routes.md shows. */
class SchemaRoutesSnippetsHttpTest {
    private final Schemas schemas = OrdersApp.schemas();
    private final Orders orders = new Orders();
    private final Schema message = schemas.get("positive");

    // tag::record[]
    record Order(String sku, int amount) {}
    // end::record[]

    static final class Orders {
        // tag::handler[]
        void create(Context ctx) {
            Order order = SchemaBody.as(ctx, Order.class); // or SchemaBody.tree(ctx)
            ctx.status(201).json(order);
        }
        // end::handler[]

        void find(Context ctx) {
            ctx.json(Map.of("sku", "abc", "amount", 1));
        }

        void take(Context ctx) {
            ctx.status(204);
        }
    }

    private Javalin start() {
        // tag::first[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new ErrorsPlugin());
            config.registerPlugin(new SchemaPlugin(schemas, s -> s.responses(ResponseCheck.FAIL)));
            config.routes.addEndpoint(
                    SchemaRoutes.post("/orders", in("order/create"), out(201, "order/create"), orders::create));
        });
        // end::first[]
        return app.start("127.0.0.1", 0);
    }

    private Javalin startMore() {
        return Javalin.create(config -> {
                    config.registerPlugin(new ErrorsPlugin());
                    config.registerPlugin(new SchemaPlugin(schemas, s -> s.responses(ResponseCheck.FAIL)));
                    more(config);
                })
                .start("127.0.0.1", 0);
    }

    private void more(JavalinConfig config) {
        // tag::parameters[]
        RouteSchema takes = path("id", "positive")
                .and(query("limit", "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100}"))
                .and(query("tag", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}")
                        .style(ArrayStyle.COMMAS))
                .and(header("X-Tenant", "{\"type\": \"string\"}").require());
        RoutePart gives = out(200, "order/create").and(problems(StandardError.GONE));
        config.routes.addEndpoint(SchemaRoutes.get("/orders/{id}", takes, gives, orders::find));
        // end::parameters[]
        // tag::bodies[]
        config.routes.addEndpoint(SchemaRoutes.post("/subscribe", form("form"), out(204), orders::take));
        config.routes.addEndpoint(SchemaRoutes.post("/photos", multipart("upload"), out(204), orders::take));
        config.routes.addEndpoint(SchemaRoutes.put(
                "/photos/{name}",
                inStream("image/png"),
                outStream(200, "image/png"),
                SchemaRoutesSnippetsHttpTest::shrink));
        // end::bodies[]
        // tag::metadata[]
        config.routes.addEndpoint(Endpoint.create(HandlerType.PUT, "/orders/{id}")
                .addMetadata(RouteSchema.of(path("id", "positive"), in("order/create"), out(204)))
                .handler(orders::take));
        // end::metadata[]
        // tag::socket[]
        config.routes.ws(
                "/orders",
                ws -> ws.onMessage(ctx -> {
                    JsonNode value =
                            message.read(ctx.message()); // MALFORMED_JSON or VALIDATION_FAILED closes the socket
                    ctx.send(value.toString());
                }));
        // end::socket[]
    }

    private static void shrink(Context ctx) {
        ctx.contentType("image/png").result(ctx.bodyInputStream());
    }

    @Test
    void whatThePageShowsWorks() {
        Javalin app = start();
        try {
            assertThat(Http.postJson(app, "/orders", "{\"sku\":\"abc\",\"amount\":1}")
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> refused = Http.postJson(app, "/orders", "{\"sku\":\"abc\",\"amount\":\"17.02\"}");
            String body = refused.body().replaceFirst("\"traceId\":\"[0-9a-f]{32}\",", "");
            // tag::answer[]
            assertThat(body)
                    .isEqualTo("{\"type\":\"/errors/VALIDATION_FAILED\",\"title\":\"Validation failed\",\"status\":422,"
                            + "\"code\":\"VALIDATION_FAILED\",\"errors\":[{\"location\":\"body\",\"pointer\":\"/amount\","
                            + "\"code\":\"type\",\"detail\":\"must be a whole number\","
                            + "\"parameters\":{\"type\":\"integer\"}}]}");
            // end::answer[]
        } finally {
            app.stop();
        }
    }

    @Test
    void whatElseThePageShowsWorks() {
        Javalin app = startMore();
        try {
            assertThat(Http.get(app, "/orders/1?limit=5&tag=a,b", "X-Tenant", "blue")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Http.get(app, "/orders/1?limit=0").statusCode()).isEqualTo(422);
            assertThat(Http.send(
                                    app,
                                    "POST",
                                    "/subscribe",
                                    "name=a&age=20",
                                    "Content-Type",
                                    "application/x-www-form-urlencoded")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(Http.send(app, "PUT", "/photos/a", "png", "Content-Type", "image/png")
                            .body())
                    .isEqualTo("png");
            assertThat(Http.send(
                                    app,
                                    "PUT",
                                    "/orders/0",
                                    "{\"sku\":\"abc\",\"amount\":1}",
                                    "Content-Type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(422);
        } finally {
            app.stop();
        }
    }

    @Test
    void messagesAreCheckedByTheSameSchemas() throws Exception {
        Javalin app = startMore();
        try {
            assertThat(talk(app, "5")).isEqualTo("5");
            assertThat(talk(app, "0")).startsWith("4422 VALIDATION_FAILED");
            assertThat(talk(app, "{")).startsWith("4400 MALFORMED_JSON");
        } finally {
            app.stop();
        }
    }

    /** What a socket answers to one message: a text, or the code and reason of its close. */
    private static String talk(Javalin app, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + app.port() + "/orders"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        answer.complete(code + " " + reason);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        socket.sendText(text, true).get(20, TimeUnit.SECONDS);
        String answered = answer.get(20, TimeUnit.SECONDS);
        socket.abort();
        return answered;
    }
}
