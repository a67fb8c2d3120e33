package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwaggerHttpTest {
    enum Role implements RouteRole {
        USER,
        ADMIN,
        ANYONE
    }

    @Test
    void everyRouteIsThereWithoutAnnotationsOrSchemas() {
        try (Served served = Served.start(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.title("Shop").version("1.4")));
            config.routes.get("/", ctx -> {});
            config.routes.get("/orders", ctx -> {});
            config.routes.post("/orders", ctx -> {});
            config.routes.get("/orders/{id}", ctx -> {});
            config.routes.delete("/orders/{order}", ctx -> {});
            config.routes.head("/orders/{id}", ctx -> {});
            config.routes.patch("/orders/{id}/lines/f-{line}.json", ctx -> {});
            config.routes.before("/orders", ctx -> {});
            config.routes.sse("/events", client -> {});
        })) {
            JsonNode document = served.json("/openapi.json");
            assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
            assertThat(document.path("info").toString()).isEqualTo("{\"title\":\"Shop\",\"version\":\"1.4\"}");
            assertThat(names(document.path("paths")))
                    .containsExactly("/", "/events", "/orders", "/orders/{id}", "/orders/{id}/lines/f-{line}.json");
            assertThat(names(document.path("paths").path("/orders/{id}"))).containsExactly("get", "delete", "head");
            JsonNode delete = document.path("paths").path("/orders/{id}").path("delete");
            assertThat(delete.path("x-javalin-path").asText()).isEqualTo("/orders/{order}");
            assertThat(delete.path("operationId").asText()).isEqualTo("deleteOrdersById");
            assertThat(delete.path("tags").toString()).isEqualTo("[\"orders\"]");
            assertThat(delete.path("parameters").toString())
                    .isEqualTo(
                            "[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}]");
            assertThat(document.at("/paths/~1events/get/responses/200/content").has("text/event-stream"))
                    .isTrue();
            assertThat(document.at("/paths/~1orders/get/responses").has("2XX")).isTrue();
            assertThat(served.json("/openapi-3.0.json").path("openapi").asText())
                    .isEqualTo("3.0.3");
            assertThat(served.get("/openapi.yaml").body()).startsWith("openapi: \"3.1.0\"\n");
            assertThat(served.get("/openapi-3.0.yaml").body()).startsWith("openapi: \"3.0.3\"\n");
            assertThat(served.get("/openapi.yaml").headers().firstValue("Content-Type"))
                    .contains("application/yaml");
        }
    }

    @Test
    void whatOpenApiCannotExpressIsSaidBesideIt() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> {}));
            config.routes.get("/files/<path>", ctx -> {});
            config.routes.get("/any/*/thing", ctx -> {});
            config.routes.get("/below/{id}*", ctx -> {});
            config.routes.get("/twice/{a}", ctx -> {});
            config.routes.get("/twice/{b}", ctx -> {});
            config.routes.get("/twice/<c>", ctx -> {});
            config.routes.addHttpHandler(HandlerType.findOrCreate("QUERY"), "/search", ctx -> {});
            config.routes.addHttpHandler(HandlerType.findOrCreate("PURGE"), "/cache", ctx -> {}, Role.ADMIN);
        });
        JsonNode document = read(app, DocumentForm.JSON_31);
        assertThat(names(document.path("paths")))
                .containsExactly("/any/{wildcard}/thing", "/below/{id}", "/files/{path}", "/twice/{a}");
        assertThat(document.at("/paths/~1files~1{path}/get/x-javalin-path").asText())
                .isEqualTo("/files/<path>");
        List<String> unlisted = new ArrayList<>();
        document.path("x-javalin-routes")
                .forEach(route -> unlisted.add(
                        route.path("method").asText() + " " + route.path("path").asText()));
        assertThat(unlisted)
                .containsExactlyInAnyOrder("GET /twice/{b}", "GET /twice/<c>", "QUERY /search", "PURGE /cache");
        assertThat(OpenApi.of(app).warnings())
                .hasSize(7)
                .anyMatch(text -> text.contains("GET /files/<path>") && text.contains("/files/{path}"))
                .anyMatch(text -> text.contains("QUERY /search: OpenAPI has no method QUERY"));
    }

    @Test
    void rolesAreSecurity() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s ->
                    s.publicRoles(Role.ANYONE).security(SecurityScheme.bearer("JWT"), SecurityScheme.cookie("sid"))));
            config.routes.get("/mine", ctx -> {}, Role.USER, Role.ADMIN);
            config.routes.get("/all", ctx -> {}, Role.ANYONE);
            config.routes.get("/none", ctx -> {});
        });
        JsonNode document = read(app, DocumentForm.JSON_31);
        assertThat(document.at("/paths/~1mine/get/security").toString())
                .isEqualTo(
                        "[{\"bearer\":[\"ADMIN\"]},{\"bearer\":[\"USER\"]},{\"cookie\":[\"ADMIN\"]},{\"cookie\":[\"USER\"]}]");
        assertThat(document.at("/paths/~1mine/get/x-roles").toString()).isEqualTo("[\"ADMIN\",\"USER\"]");
        assertThat(document.at("/paths/~1all/get").has("security")).isFalse();
        assertThat(document.at("/paths/~1none/get").has("security")).isFalse();
        assertThat(document.at("/components/securitySchemes").toString())
                .isEqualTo("{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"bearerFormat\":\"JWT\"},"
                        + "\"cookie\":{\"type\":\"apiKey\",\"name\":\"sid\",\"in\":\"cookie\"}}");
        assertThat(read(app, DocumentForm.JSON_30)
                        .at("/paths/~1mine/get/security")
                        .toString())
                .isEqualTo("[{\"bearer\":[]},{\"cookie\":[]}]");
    }

    @Test
    void metadataAddsWhatThePathDoesNotSay() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.hide("/internal/*", "/secret")
                    .tagsBelow("/api")
                    .tag("orders", "What was bought")
                    .describe(HandlerType.GET, "/api/stock", Operation.of("Says what is left"))
                    .describe(HandlerType.GET, "/nowhere", Operation.of("Nothing"))));
            config.routes.addEndpoint(Endpoint.create(HandlerType.POST, "/api/orders")
                    .addMetadata(Operation.of("Places an order")
                            .description("At **once**.")
                            .id("placeOrder")
                            .deprecated())
                    .handler(ctx -> {}));
            config.routes.addEndpoint(Endpoint.create(HandlerType.POST, "/api/lines")
                    .addMetadata(Operation.of("").id("placeOrder").tags("orders"))
                    .handler(ctx -> {}));
            config.routes.addEndpoint(Endpoint.create(HandlerType.GET, "/hidden")
                    .addMetadata(Operation.hidden())
                    .handler(ctx -> {}));
            config.routes.get("/api/stock", ctx -> {});
            config.routes.get("/internal/health", ctx -> {});
            config.routes.get("/secret", ctx -> {});
        });
        JsonNode document = read(app, DocumentForm.JSON_31);
        assertThat(names(document.path("paths"))).containsExactly("/api/lines", "/api/orders", "/api/stock");
        assertThat(document.path("tags").toString())
                .isEqualTo("[{\"name\":\"orders\",\"description\":\"What was bought\"},{\"name\":\"stock\"}]");
        JsonNode order = document.at("/paths/~1api~1orders/post");
        assertThat(order.path("summary").asText()).isEqualTo("Places an order");
        assertThat(order.path("deprecated").asBoolean()).isTrue();
        assertThat(order.path("operationId").asText()).startsWith("placeOrder_");
        assertThat(document.at("/paths/~1api~1lines/post/operationId").asText()).isEqualTo("placeOrder");
        assertThat(document.at("/paths/~1api~1stock/get/summary").asText()).isEqualTo("Says what is left");
        assertThat(OpenApi.of(app).warnings())
                .anyMatch(text -> text.startsWith("GET /nowhere: described"))
                .anyMatch(text -> text.contains("placeOrder belongs to POST /api/lines"));
    }

    @Test
    void aRouteAddedLaterAppears() {
        try (Served served = Served.start(config -> {
            config.routes.get("/before", ctx -> {}); // before the plugin listens
            config.registerPlugin(new SwaggerPlugin(s -> {}));
        })) {
            HttpResponse<String> first = served.get("/openapi.json");
            assertThat(names(Served.read(first.body()).path("paths"))).containsExactly("/before");
            served.app().unsafe.routes.get("/later", ctx -> {});
            HttpResponse<String> second = served.get(
                    "/openapi.json",
                    "If-None-Match",
                    first.headers().firstValue("ETag").orElseThrow());
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(names(Served.read(second.body()).path("paths"))).containsExactly("/before", "/later");
        }
    }

    @Test
    void isSentOnlyWhenItHasChanged() {
        try (Served served = Served.start(config -> config.registerPlugin(new SwaggerPlugin(s -> {})))) {
            String tag =
                    served.get("/openapi.yaml").headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = served.get("/openapi.yaml", "If-None-Match", "\"other\", " + tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("Cache-Control")).contains("no-cache");
        }
    }

    @Test
    void headIsAnsweredAsGetWithoutABody() {
        try (Served served = Served.start(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.roles(Role.ADMIN).path("/docs")));
            config.routes.beforeMatched(ctx -> {
                if (ctx.routeRoles().contains(Role.ADMIN) && !"yes".equals(ctx.header("Admin"))) {
                    throw new io.javalin.http.ForbiddenResponse();
                }
            });
        })) {
            for (String path : List.of("/openapi.json", "/openapi-3.0.yaml", "/docs/")) {
                HttpResponse<String> get = served.get(path, "Admin", "yes");
                HttpResponse<String> head = served.send("HEAD", path, "Admin", "yes");
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                for (String name : List.of("ETag", "Content-Type", "Content-Length", "Cache-Control")) {
                    assertThat(head.headers().firstValue(name))
                            .as(name)
                            .isPresent()
                            .isEqualTo(get.headers().firstValue(name));
                }
                String tag = head.headers().firstValue("ETag").orElseThrow();
                assertThat(served.send("HEAD", path, "Admin", "yes", "If-None-Match", tag)
                                .statusCode())
                        .isEqualTo(304);
                assertThat(served.send("HEAD", path).statusCode()).isEqualTo(403);
            }
            assertThat(Served.read(served.get("/openapi.json", "Admin", "yes").body())
                            .path("paths"))
                    .isEmpty();
        }
    }

    @Test
    void anyFormOfATagIsKnown() {
        try (Served served = Served.start(config -> config.registerPlugin(new SwaggerPlugin(s -> {})))) {
            HttpResponse<String> first = served.get("/openapi.json");
            assertThat(first.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            for (String known : List.of(tag, tag.substring(2), "*", "W/\"a\",\t" + tag)) {
                assertThat(served.get("/openapi.json", "If-None-Match", known).statusCode())
                        .as(known)
                        .isEqualTo(304);
            }
            for (String other : List.of("\"a\"", tag.substring(3), tag.replace("-", "_"))) {
                assertThat(served.get("/openapi.json", "If-None-Match", other).statusCode())
                        .as(other)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void oddPathsAreValidUris() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> {}));
            config.routes.get("/100%", ctx -> {});
            config.routes.get("/größe/{größe}", ctx -> {});
            config.routes.get("/a%20b", ctx -> {});
            config.routes.get("/b%2x", ctx -> {});
            config.routes.get("//two//slashes/", ctx -> {});
        });
        JsonNode document = read(app, DocumentForm.JSON_31);
        assertThat(names(document.path("paths")))
                .containsExactly("/100%25", "/a%20b", "/b%252x", "/gr%C3%B6%C3%9Fe/{gr__e}", "/two/slashes/");
        assertThat(document.at("/paths/~1100%25/get/x-javalin-path").asText()).isEqualTo("/100%");
        assertThat(document.path("tags").toString())
                .isEqualTo(
                        "[{\"name\":\"100%\"},{\"name\":\"a b\"},{\"name\":\"b%2x\"},{\"name\":\"größe\"},{\"name\":\"two\"}]");
    }

    @Test
    void aRoleWithoutANameIsCalledByItsClass() {
        RouteRole anonymous = new RouteRole() {};
        record Named(String name) implements RouteRole {}
        final class Nameless implements RouteRole {}
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> {}));
            config.routes.get("/a", ctx -> {}, anonymous, new Named("x"), new Nameless());
        });
        assertThat(read(app, DocumentForm.JSON_30).at("/paths/~1a/get/x-roles").toString())
                .isEqualTo("[\"Named[name=x]\",\"Nameless\",\"SwaggerHttpTest$1\"]");
    }

    @Test
    void theContextPathIsInNoPathAndTheServerIsWhereTheDocumentIs() {
        try (Served served = Served.start(config -> {
            config.router.contextPath = "/shop";
            config.registerPlugin(new SwaggerPlugin(s -> s.documents("/meta/openapi")));
            config.routes.get("/orders", ctx -> {});
        })) {
            JsonNode document = served.json("/shop/meta/openapi.json");
            assertThat(names(document.path("paths"))).containsExactly("/orders");
            assertThat(document.path("servers").toString()).isEqualTo("[{\"url\":\"..\"}]");
        }
    }

    @Test
    void theDocumentsHaveTheRolesOfAnyRoute() {
        try (Served served = Served.start(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.roles(Role.ADMIN)));
            config.routes.beforeMatched(ctx -> {
                if (ctx.routeRoles().contains(Role.ADMIN) && !"yes".equals(ctx.header("Admin"))) {
                    throw new io.javalin.http.ForbiddenResponse();
                }
            });
        })) {
            assertThat(served.get("/openapi.json").statusCode()).isEqualTo(403);
            assertThat(served.get("/openapi-3.0.yaml").statusCode()).isEqualTo(403);
            assertThat(served.get("/openapi.json", "Admin", "yes").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void operationIdsAreUniqueAndDoNotDependOnOtherRoutes() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> {}));
            config.routes.get("/a/b", ctx -> {});
            config.routes.get("/a-b", ctx -> {});
            config.routes.get("/a_b", ctx -> {});
            config.routes.get("/привет", ctx -> {});
        });
        List<String> ids = new ArrayList<>();
        read(app, DocumentForm.JSON_31)
                .path("paths")
                .forEach(path -> ids.add(path.at("/get/operationId").asText()));
        assertThat(ids).hasSize(4).doesNotHaveDuplicates().allMatch(id -> id.matches("get[A-Za-z0-9_]*"));
        assertThat(ids.get(1)).isEqualTo("getAB");
        assertThat(ids.get(2)).isEqualTo("getAB_" + Hash.of("GET /a/b").substring(0, 6));
    }

    @Test
    void anApplicationWithoutThePluginIsToldSo() {
        Javalin app = Javalin.create(config -> {});
        assertThatThrownBy(() -> OpenApi.of(app)).hasMessageContaining("no SwaggerPlugin");
        assertThatThrownBy(() -> new SwaggerPlugin(s -> {}).openApi()).hasMessageContaining("not happened yet");
    }

    static JsonNode read(Javalin app, DocumentForm form) {
        return Served.read(new String(OpenApi.of(app).document(form), java.nio.charset.StandardCharsets.UTF_8));
    }

    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
