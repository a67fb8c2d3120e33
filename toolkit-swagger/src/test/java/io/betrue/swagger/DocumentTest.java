package io.betrue.swagger;

import static io.betrue.schema.RouteParts.cookie;
import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.schema.Parameter;
import io.betrue.schema.RouteNotes;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What stands in a document, place by place. */
class DocumentTest {
    enum Role implements RouteRole {
        USER,
        ADMIN
    }

    @Test
    void nobodyCanChangeTheBytes() {
        OpenApi documents = OpenApi.of(app(s -> {}, config -> config.routes.get("/a", ctx -> {})));
        documents.document(DocumentForm.JSON_31)[0] = 'x';
        assertThat(documents.document(DocumentForm.JSON_31)[0]).isEqualTo((byte) '{');
    }

    @Test
    void handlersAroundRoutesAreNoRoutes() {
        JsonNode document = read(app(s -> {}, config -> {
            config.routes.get("/a", ctx -> {});
            config.routes.before(ctx -> {});
            config.routes.after("/a", ctx -> {});
            config.routes.beforeMatched("/a", ctx -> {});
            config.routes.afterMatched(ctx -> {});
            config.routes.ws("/socket", ws -> {});
        }));
        assertThat(SwaggerHttpTest.names(document.path("paths"))).containsExactly("/a");
        assertThat(document.has("x-javalin-routes")).isFalse();
    }

    @Test
    void whatARouteSaysItselfCounts() {
        JsonNode document = read(app(
                s -> s.describe(HandlerType.GET, "/a", Operation.of("From elsewhere")),
                config -> config.routes.addEndpoint(Endpoint.create(HandlerType.GET, "/a")
                        .addMetadata(Operation.of("Its own"))
                        .handler(ctx -> {}))));
        assertThat(document.at("/paths/~1a/get/summary").asText()).isEqualTo("Its own");
    }

    @Test
    void notesOfAPluginAreReadWhereTheRouteSaysNothingItself() {
        RouteNotes notes =
                new RouteNotes("noteIt", "Noted", "At length", List.of("group"), true, Set.of("clerk"), false);
        JsonNode document = read(app(s -> s.security(SecurityScheme.bearer()), config -> {
            config.routes.addEndpoint(
                    Endpoint.create(HandlerType.GET, "/a").addMetadata(notes).handler(ctx -> {}));
            config.routes.addEndpoint(Endpoint.create(HandlerType.GET, "/b")
                    .addMetadata(notes)
                    .addMetadata(Operation.of("Its own").id("itsOwn"))
                    .handler(ctx -> {}));
            config.routes.addEndpoint(Endpoint.create(HandlerType.GET, "/c")
                    .addMetadata(RouteNotes.hiddenRoute())
                    .handler(ctx -> {}));
        }));
        JsonNode noted = document.at("/paths/~1a/get");
        assertThat(noted.path("summary").asText()).isEqualTo("Noted");
        assertThat(noted.path("operationId").asText()).isEqualTo("noteIt");
        assertThat(document.at("/paths/~1b/get/operationId").asText()).isEqualTo("itsOwn");
        assertThat(noted.path("description").asText()).isEqualTo("At length");
        assertThat(noted.path("tags").path(0).asText()).isEqualTo("group");
        assertThat(noted.path("x-roles").path(0).asText()).isEqualTo("clerk");
        assertThat(document.at("/paths/~1b/get/summary").asText()).isEqualTo("Its own");
        assertThat(document.path("paths").has("/c")).isFalse();
    }

    @Test
    void prefixesEndAtASlash() {
        JsonNode document = read(app(s -> s.hide("/internal/*").tagsBelow("/api"), config -> {
            config.routes.get("/internals", ctx -> {});
            config.routes.get("/internal/a", ctx -> {});
            config.routes.get("/apiary/bees", ctx -> {});
            config.routes.get("/api/orders", ctx -> {});
            config.routes.get("/api/{id}", ctx -> {});
        }));
        assertThat(SwaggerHttpTest.names(document.path("paths")))
                .containsExactly("/api/orders", "/api/{id}", "/apiary/bees", "/internals");
        assertThat(document.findValuesAsText("name")).contains("orders", "root", "apiary", "internals");
    }

    @Test
    void parametersThatOpenApiDoesNotKnowHaveNames() {
        JsonNode document = read(app(s -> {}, config -> {
            config.routes.get("/a/<p>*", ctx -> {});
            config.routes.get("/b/*/c/*", ctx -> {});
            config.routes.get("/f-{name}.{type}", ctx -> {});
        }));
        assertThat(SwaggerHttpTest.names(document.path("paths")))
                .containsExactly("/a/{p}", "/b/{wildcard}/c/{wildcard2}", "/f-{name}.{type}");
        assertThat(document.at("/paths/~1b~1{wildcard}~1c~1{wildcard2}/get/parameters")
                        .findValuesAsText("name"))
                .containsExactly("wildcard", "wildcard2");
        assertThat(document.at("/paths/~1a~1{p}/get/x-javalin-path").asText()).isEqualTo("/a/<p>*");
    }

    @Test
    void operationIdsDifferInMoreThanCaseAndAreNotEndless() {
        JsonNode document = read(app(s -> {}, config -> {
            config.routes.get("/a/b", ctx -> {});
            config.routes.get("/A/b", ctx -> {});
            config.routes.get("/" + "long/".repeat(40) + "x", ctx -> {});
            config.routes.get("/" + "long/".repeat(40) + "y", ctx -> {});
        }));
        List<String> ids = document.findValuesAsText("operationId");
        assertThat(ids)
                .hasSize(4)
                .allMatch(id -> id.length() <= 107)
                .extracting(id -> id.toLowerCase(java.util.Locale.ROOT))
                .doesNotHaveDuplicates();
    }

    @Test
    void serversAreWhatTheApplicationNames() {
        JsonNode document = read(
                app(s -> s.server(URI.create("https://shop.example/api/")).server(URI.create("/v2")), config -> {}));
        assertThat(document.path("servers").toString())
                .isEqualTo("[{\"url\":\"https://shop.example/api\"},{\"url\":\"/v2\"}]");
        assertThat(read(app(s -> {}, config -> {})).path("servers").toString()).isEqualTo("[{\"url\":\".\"}]");
    }

    @Test
    void routesWithoutAPlaceAreListedInOneOrder() {
        List<String> verbs = List.of("PURGE", "QUERY", "LINK");
        List<Consumer<JavalinConfig>> routes = new ArrayList<>();
        for (String verb : verbs) {
            routes.add(config -> config.routes.addEndpoint(Endpoint.create(HandlerType.findOrCreate(verb), "/a")
                    .addMetadata(Operation.of("Does " + verb))
                    .addMetadata(new io.javalin.security.Roles(java.util.Set.of(Role.USER, Role.ADMIN)))
                    .handler(ctx -> {})));
        }
        JsonNode listed = read(app(s -> {}, config -> routes.forEach(route -> route.accept(config))))
                .path("x-javalin-routes");
        assertThat(listed.findValuesAsText("method")).containsExactly("LINK", "PURGE", "QUERY");
        assertThat(listed.path(0).toString())
                .isEqualTo(
                        "{\"method\":\"LINK\",\"path\":\"/a\",\"summary\":\"Does LINK\",\"x-roles\":[\"ADMIN\",\"USER\"],"
                                + "\"reason\":\"OpenAPI has no method LINK\"}");
    }

    @Test
    void arraysAreWrittenAsTheRouteReadsThem() {
        String array = "{\"type\": [\"array\", \"null\"]}";
        JsonNode parameters = operation(SchemaRoutes.get(
                        "/a",
                        RouteSchema.of(
                                query("many", array).require(),
                                query("one", array).style(Parameter.ArrayStyle.COMMAS),
                                header("X-H", array),
                                cookie("c", "{\"type\": \"string\"}")),
                        ctx -> {}))
                .path("parameters");
        List<String> styles = new ArrayList<>();
        parameters.forEach(one -> styles.add(one.path("name").asText() + " "
                + one.path("style").asText("none") + " " + one.path("explode").asText("none") + " "
                + one.path("required").asText("no")));
        assertThat(styles)
                .containsExactly("many form true true", "one form false no", "X-H simple false no", "c none none no");
    }

    @Test
    void whatARouteCannotHaveIsLeftOutWithAWarning() {
        Javalin app = app(s -> {}, config -> {
            config.routes.addEndpoint(SchemaRoutes.get(
                    "/a", RouteSchema.of(in("{\"if\": {}}"), path("nowhere", "{\"type\": \"string\"}")), ctx -> {}));
            config.routes.addEndpoint(
                    SchemaRoutes.post("/b", RouteSchema.of(in("{\"if\": {\"const\": 1}}")), ctx -> {}));
        });
        JsonNode operation = read(app).at("/paths/~1a/get");
        assertThat(operation.has("requestBody")).isFalse();
        assertThat(operation.has("parameters")).isFalse();
        assertThat(OpenApi.of(app).warnings())
                .containsExactly(
                        "GET /a: OpenAPI has no body for GET",
                        "GET /a: its path has no parameter {nowhere}",
                        "schema of POST /b: OpenAPI 3.0 cannot say if, then and else, so its document allows more than is valid");
    }

    @Test
    void answersAreDescribed() {
        JsonNode responses = operation(SchemaRoutes.get(
                        "/a",
                        RouteSchema.of(
                                out(200, "{}").describedAs("Good"),
                                outStream(200, "text/csv"),
                                outStream(299, "image/png"),
                                out("5XX", "{}"),
                                out("default", "{}")),
                        ctx -> {}))
                .path("responses");
        assertThat(responses.findValuesAsText("description"))
                .containsExactlyInAnyOrder("Good", "Status 299", "Server error", "Any other answer");
        assertThat(SwaggerHttpTest.names(responses.at("/200/content"))).containsExactly("application/json", "text/csv");
    }

    @Test
    void numbersKeepTheirDigits() {
        Javalin app = app(
                s -> {},
                config -> config.routes.addEndpoint(SchemaRoutes.post(
                        "/a",
                        in("{\"multipleOf\": 0.1234567890123456789012345, \"maximum\": 12345678901234567890123}"),
                        ctx -> {})));
        for (DocumentForm form : DocumentForm.values()) {
            assertThat(new String(OpenApi.of(app).document(form), StandardCharsets.UTF_8))
                    .contains("0.1234567890123456789012345")
                    .contains("12345678901234567890123");
        }
    }

    @Test
    void parametersAloneCanBeInvalid() {
        JsonNode responses = operation(SchemaRoutes.get("/a", query("q", "{\"type\": \"integer\"}"), ctx -> {}))
                .path("responses");
        assertThat(SwaggerHttpTest.names(responses)).containsExactlyInAnyOrder("2XX", "422");
    }

    @Test
    void manyProblemsHaveAShortName() {
        record Conflict(String name) implements ErrorCode {
            @Override
            public ErrorDefinition definition() {
                return ErrorDefinition.of(409, "Conflict");
            }
        }
        ErrorCode first = new Conflict("A".repeat(60));
        ErrorCode second = new Conflict("B".repeat(59));
        JsonNode document = read(app(s -> {}, config -> {
            Map<String, List<ErrorCode>> routes = Map.of(
                    "/fits", List.of(first, second),
                    "/one-more", List.of(first, new Conflict("B".repeat(60))),
                    "/two-more", List.of(first, new Conflict("B".repeat(61))));
            routes.forEach((path, codes) -> config.routes.addEndpoint(Endpoint.create(HandlerType.GET, path)
                    .addMetadata(Operation.of("").problems(codes.toArray(ErrorCode[]::new)))
                    .handler(ctx -> {})));
        }));
        String start = "A".repeat(60) + "." + "B".repeat(39);
        assertThat(name(document, "/fits")).isEqualTo(start + "B".repeat(20)).hasSize(120);
        assertThat(name(document, "/one-more")).matches(start + "_[0-9a-f]{6}");
        assertThat(name(document, "/two-more"))
                .matches(start + "_[0-9a-f]{6}")
                .isNotEqualTo(name(document, "/one-more"));
        assertThat(SwaggerHttpTest.names(document.at("/components/responses")))
                .contains(name(document, "/fits"), name(document, "/one-more"), name(document, "/two-more"));
    }

    /** {@return the name of the response for the failures of a route with status 409} */
    private static String name(JsonNode document, String path) {
        String reference =
                document.path("paths").path(path).at("/get/responses/409/$ref").asText();
        return reference.replace("#/components/responses/", "");
    }

    @Test
    void whatSchemasShareIsOneComponent() {
        String money = "{'$ref': '../common#/definitions/money'}";
        Schemas schemas = schemas(Map.of(
                "common",
                "{'definitions': {'money': {'properties': {'unit': {'$ref': '#/definitions/unit'}}}, 'unit': {'maxLength': 3}}}",
                "order/item",
                "{'properties': {'price': " + money + ", 'parts': {'items': {'$ref': '#'}}}}",
                "order/create",
                "{'properties': {'item': {'$ref': 'item'}, 'tip': " + money + "}}",
                "order/change",
                "{'properties': {'item': {'$ref': 'item'}, 'unit': {'$ref': '../common#/definitions/unit'}}}"));
        List<Endpoint> routes = List.of(
                SchemaRoutes.post("/orders", RouteSchema.of(in("order/create"), out(200, "order/item")), ctx -> {}),
                SchemaRoutes.put("/orders", RouteSchema.of(in("order/change")), ctx -> {}));
        JsonNode document = read(app(s -> s.schemas(schemas), config -> routes.forEach(config.routes::addEndpoint)));
        JsonNode components = document.at("/components/schemas");
        assertThat(SwaggerHttpTest.names(components))
                .containsExactly(
                        "Problem", "common.money", "common.unit", "order.change", "order.create", "order.item");
        assertThat(references(components.path("order.create"))).containsExactly("order.item", "common.money");
        assertThat(references(components.path("order.change"))).containsExactly("order.item", "common.unit");
        assertThat(references(components.path("order.item"))).containsExactly("common.money", "order.item");
        assertThat(references(components.path("common.money"))).containsExactly("common.unit");
        // whichever route speaks of it, and whichever of the others do not: the name is that of the place
        JsonNode fewer = read(app(s -> s.schemas(schemas), config -> config.routes.addEndpoint(routes.get(1))));
        for (String name : List.of("order.item", "common.money", "common.unit")) {
            assertThat(fewer.at("/components/schemas").get(name)).isEqualTo(components.get(name));
        }
    }

    @Test
    void placesThatAreCalledTheSameStayApart() {
        Schemas schemas = schemas(Map.of(
                "order", "{'definitions': {'item': {'const': 1}}, 'not': {'$ref': '#/definitions/item'}}",
                "order/item", "{'const': 2}",
                "other", "{'anyOf': [{'$ref': 'order#/definitions/item'}, {'$ref': 'order/item'}]}"));
        JsonNode document = read(app(
                s -> s.schemas(schemas),
                config -> List.of("order", "order/item", "other")
                        .forEach(name -> config.routes.addEndpoint(
                                SchemaRoutes.post("/" + name, RouteSchema.of(in(name)), ctx -> {})))));
        JsonNode components = document.at("/components/schemas");
        assertThat(components.at("/order.item/const").asInt()).isEqualTo(2);
        List<String> references = references(components.path("other"));
        assertThat(references).hasSize(2).last().isEqualTo("order.item");
        assertThat(references(components.path("order"))).containsExactly(references.get(0));
        assertThat(components.path(references.get(0)).path("const").asInt()).isEqualTo(1);
        assertThat(components).hasSize(5);
    }

    @Test
    void inlineSchemasShareNothing() {
        JsonNode document = read(app(
                s -> {},
                config -> List.of("1", "2")
                        .forEach(length -> config.routes.addEndpoint(SchemaRoutes.post(
                                "/" + length,
                                RouteSchema.of(in("{\"definitions\": {\"a\": {\"maxLength\": " + length
                                        + "}}, \"not\": {\"$ref\": \"#/definitions/a\"}}")),
                                ctx -> {})))));
        assertThat(document.at("/components/schemas").findValuesAsText("maxLength"))
                .containsExactly("1", "2");
    }

    private static Schemas schemas(Map<String, String> texts) {
        return Schemas.load(s -> texts.forEach((name, text) -> s.json(name, text.replace('\'', '"'))));
    }

    private static List<String> references(JsonNode schema) {
        return schema.findValuesAsText("$ref").stream()
                .map(reference -> reference.replace("#/components/schemas/", ""))
                .toList();
    }

    @Test
    void aProblemThatARouteDescribesItselfStays() {
        JsonNode responses = operation(SchemaRoutes.post(
                        "/a",
                        RouteSchema.of(
                                in("{}"), out(422, "{\"title\": \"Mine\"}").as("application/problem+json")),
                        ctx -> {}))
                .path("responses");
        assertThat(responses
                        .at("/422/content/application~1problem+json/schema/title")
                        .asText())
                .isEqualTo("Mine");
    }

    @Test
    void securitySchemesAreChecked() {
        assertThat(SecurityScheme.openIdConnect(URI.create("https://id.example/x"))
                        .toJson()
                        .toString())
                .isEqualTo("{\"type\":\"openIdConnect\",\"openIdConnectUrl\":\"https://id.example/x\"}");
        assertThat(SecurityScheme.basic().named("door").toJson().toString())
                .isEqualTo("{\"type\":\"http\",\"scheme\":\"basic\"}");
        assertThatIllegalArgumentException().isThrownBy(() -> SecurityScheme.header("X Key"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityScheme.basic().named("a b"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SwaggerPlugin(s -> s.security(SecurityScheme.bearer(), SecurityScheme.bearer("JWT"))))
                .withMessageContaining("two security schemes are called bearer");
        assertThatIllegalArgumentException().isThrownBy(() -> new SwaggerPlugin(s -> s.title(" ")));
    }

    private static JsonNode operation(Endpoint endpoint) {
        JsonNode document = read(app(s -> {}, config -> config.routes.addEndpoint(endpoint)));
        return document.path("paths").iterator().next().iterator().next();
    }

    private static Javalin app(Consumer<SwaggerConfig> swagger, Consumer<JavalinConfig> routes) {
        return Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(swagger));
            routes.accept(config);
        });
    }

    private static JsonNode read(Javalin app) {
        return SwaggerHttpTest.read(app, DocumentForm.JSON_31);
    }
}
