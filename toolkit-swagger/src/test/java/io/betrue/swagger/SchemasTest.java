package io.betrue.swagger;

import static io.betrue.schema.RouteParts.form;
import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.inStream;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.problems;
import static io.betrue.schema.RouteParts.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.StandardError;
import io.betrue.schema.RouteParts;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {
    enum Role implements RouteRole {
        USER
    }

    private static final Schemas SCHEMAS = Schemas.load(s -> s.json(
                    "order/create",
                    "{\"type\": \"object\", \"properties\": {\"note\": {\"type\": [\"string\", \"null\"]}}}")
            .json("order", "{\"type\": \"object\", \"properties\": {\"id\": {\"const\": 1}}}")
            .json("id", "{\"type\": \"integer\"}"));

    @Test
    void theVerySchemasThatValidateAreInTheDocument() {
        Javalin app = app(SchemaRoutes.put(
                "/orders/{id}",
                RouteSchema.of(
                        in("order/create").describedAs("What is wanted"),
                        form("order/create"),
                        path("id", "id"),
                        query("tag", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}")
                                .describedAs("Tags"),
                        header("X-Trace", "{\"type\": \"string\"}").require(),
                        header("Authorization", "{\"type\": \"string\"}")),
                RouteSchema.of(out(200, "order"), out("4XX", "order").describedAs("No"), out(204)),
                ctx -> {}));
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        JsonNode operation = document.at("/paths/~1orders~1{id}/put");
        assertThat(operation.path("requestBody").toString())
                .isEqualTo(
                        "{\"description\":\"What is wanted\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/order.create\"}},"
                                + "\"application/x-www-form-urlencoded\":{\"schema\":{\"$ref\":\"#/components/schemas/order.create\"}}},\"required\":true}");
        assertThat(operation.path("parameters").toString())
                .isEqualTo(
                        "[{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"$ref\":\"#/components/schemas/id\"}},"
                                + "{\"name\":\"tag\",\"in\":\"query\",\"description\":\"Tags\",\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                                + "\"style\":\"form\",\"explode\":true},"
                                + "{\"name\":\"X-Trace\",\"in\":\"header\",\"required\":true,\"schema\":{\"type\":\"string\"}}]");
        assertThat(SwaggerHttpTest.names(operation.path("responses")))
                .containsExactlyInAnyOrder("200", "4XX", "204", "400", "413", "415", "422");
        assertThat(operation.at("/responses/200/description").asText()).isEqualTo("OK");
        assertThat(operation.at("/responses/204").toString()).isEqualTo("{\"description\":\"No Content\"}");
        assertThat(operation.at("/responses/4XX/description").asText()).isEqualTo("No");
        assertThat(document.at("/components/schemas/order").toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"id\":{\"const\":1}}}");
        JsonNode older = SwaggerHttpTest.read(app, DocumentForm.JSON_30);
        assertThat(older.at("/components/schemas/order/properties/id").toString())
                .isEqualTo("{\"enum\":[1]}");
        assertThat(OpenApi.of(app).warnings()).singleElement().asString().contains("header Authorization");
    }

    @Test
    void streamsAndOtherTypesAreBytesOrText() {
        Javalin app = app(SchemaRoutes.post(
                "/files",
                inStream("application/octet-stream").optional(),
                RouteSchema.of(outStream(200, "text/csv"), outStream(201, "image/png")),
                ctx -> {}));
        JsonNode operation = SwaggerHttpTest.read(app, DocumentForm.JSON_30).at("/paths/~1files/post");
        assertThat(operation.path("requestBody").toString())
                .isEqualTo(
                        "{\"content\":{\"application/octet-stream\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}},\"required\":false}");
        assertThat(operation.at("/responses/200/content/text~1csv/schema").toString())
                .isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void eachRouteHasItsProblems() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.schemas(SCHEMAS)
                    .problems(ErrorCatalogue.of().typeBase(URI.create("https://shop.example/errors/")))));
            config.routes.addEndpoint(SchemaRoutes.post(
                    "/orders",
                    RouteSchema.of(in("order/create"), problems(StandardError.CONFLICT), out(409, "order")),
                    ctx -> {}));
            config.routes.get("/mine", ctx -> {}, Role.USER);
        });
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        JsonNode orders = document.at("/paths/~1orders/post/responses");
        assertThat(SwaggerHttpTest.names(orders))
                .containsExactlyInAnyOrder("409", "400", "413", "415", "422", "default");
        assertThat(SwaggerHttpTest.names(orders.at("/409/content")))
                .containsExactly("application/json", "application/problem+json");
        assertThat(orders.at("/422/$ref").asText()).isEqualTo("#/components/responses/VALIDATION_FAILED");
        assertThat(document.at("/components/responses/VALIDATION_FAILED/content/application~1problem+json/examples")
                        .toString())
                .isEqualTo(
                        "{\"VALIDATION_FAILED\":{\"value\":{\"type\":\"https://shop.example/errors/VALIDATION_FAILED\","
                                + "\"title\":\"Validation failed\",\"status\":422,\"code\":\"VALIDATION_FAILED\"}}}");
        assertThat(document.at("/components/schemas/Problem/required").toString())
                .contains("\"code\"");
        assertThat(SwaggerHttpTest.names(document.at("/paths/~1mine/get/responses")))
                .containsExactly("2XX", "401", "403", "default");
    }

    @Test
    void aDocumentOfARouteWithoutItsSchemasIsRefused() {
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> {}));
            config.routes.addEndpoint(SchemaRoutes.get("/orders", out(200, "order"), ctx -> {}));
        });
        assertThatThrownBy(() -> OpenApi.of(app).document(DocumentForm.JSON_31))
                .hasMessageContaining("GET /orders speaks of the schema \"order\"")
                .hasMessageContaining("s.schemas(");
    }

    @Test
    void anInlineSchemaThatRefersToItselfIsAComponent() {
        Javalin app = app(SchemaRoutes.post(
                "/tree", in("{\"properties\": {\"children\": {\"items\": {\"$ref\": \"#\"}}}}"), ctx -> {}));
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        assertThat(document.at("/paths/~1tree/post/requestBody/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/postTree.body");
        assertThat(document.at("/components/schemas/postTree.body/properties/children/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/postTree.body");
    }

    @Test
    void anInlineSchemaIsOfTheDraftThatItNames() {
        JsonNode document = SwaggerHttpTest.read(
                app(SchemaRoutes.post(
                        "/a",
                        in(
                                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"minimum\": 1, \"exclusiveMinimum\": true}"),
                        ctx -> {})),
                DocumentForm.JSON_31);
        assertThat(document.at("/paths/~1a/post/requestBody/content/application~1json/schema")
                        .toString())
                .isEqualTo("{\"exclusiveMinimum\":1}");
    }

    @Test
    void anInlineSchemaMayReferByItsIds() {
        JsonNode document = SwaggerHttpTest.read(
                app(SchemaRoutes.post(
                        "/a",
                        in(
                                "{\"$id\": \"http://shop.example/a\", \"definitions\": {\"m\": {\"$id\": \"#money\", \"type\": \"integer\"}},"
                                        + " \"properties\": {\"x\": {\"$ref\": \"#money\"}, \"y\": {\"$ref\": \"http://shop.example/a#/definitions/m\"}}}"),
                        ctx -> {})),
                DocumentForm.JSON_31);
        JsonNode properties = document.at("/components/schemas/postA.body/properties");
        assertThat(properties.at("/x/$ref").asText()).isEqualTo("#/components/schemas/postA.body.m");
        assertThat(properties.at("/y/$ref").asText()).isEqualTo("#/components/schemas/postA.body.m");
        assertThat(document.at("/components/schemas/postA.body.m/type").asText())
                .isEqualTo("integer");
    }

    @ParameterizedTest
    @EnumSource(
            value = DocumentForm.class,
            names = {"JSON_31", "JSON_30"})
    void theFilesOfAMultipartBodyAreBytes(DocumentForm form) {
        String file =
                "{\"type\": \"object\", \"description\": \"A picture\", \"properties\": {\"size\": {\"maximum\": 1000}}}";
        Schemas schemas = Schemas.load(s -> s.json(
                        "upload",
                        "{\"type\": \"object\", \"required\": [\"file\"], \"properties\": {\"file\": FILE, \"name\": {\"type\": \"string\"}}}"
                                .replace("FILE", file))
                .json(
                        "uploads",
                        "{\"definitions\": {\"file\": FILE, \"id\": {\"type\": \"integer\"}, \"rest\": {\"properties\": {\"one\": {\"properties\": {\"filename\": {}}}, \"two\": {\"type\": [\"object\", \"null\"]}}}},"
                                        .replace("FILE", file)
                                + " \"allOf\": [{\"$ref\": \"#/definitions/rest\"}], \"properties\": {\"id\": {\"$ref\": \"#/definitions/id\"},"
                                + " \"files\": {\"type\": \"array\", \"maxItems\": 3, \"items\": {\"$ref\": \"#/definitions/file\"}}}}")
                .json("fields", "{\"properties\": {\"n\": {\"type\": \"integer\"}}}"));
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.schemas(schemas)));
            config.routes.addEndpoint(SchemaRoutes.post("/one", RouteParts.multipart("upload"), ctx -> {}));
            config.routes.addEndpoint(SchemaRoutes.post("/many", RouteParts.multipart("uploads"), ctx -> {}));
            config.routes.addEndpoint(SchemaRoutes.post("/none", RouteParts.multipart("fields"), ctx -> {}));
        });
        JsonNode document = SwaggerHttpTest.read(app, form);
        String bytes = "{\"type\":\"string\",\"format\":\"binary\",\"description\":\"A picture\"}";
        JsonNode one = document.at("/paths/~1one/post/requestBody/content/multipart~1form-data/schema");
        assertThat(one.path("properties"))
                .isEqualTo(Served.read("{\"file\":" + bytes + ",\"name\":{\"type\":\"string\"}}"));
        assertThat(one.path("required").toString()).isEqualTo("[\"file\"]");
        JsonNode many = document.at("/paths/~1many/post/requestBody/content/multipart~1form-data/schema");
        assertThat(many.at("/properties/files"))
                .isEqualTo(Served.read("{\"type\":\"array\",\"maxItems\":3,\"items\":" + bytes + "}"));
        assertThat(many.at("/properties/id/$ref").asText()).isEqualTo("#/components/schemas/uploads.id");
        assertThat(many.at("/allOf/0/properties").findValuesAsText("format")).containsExactly("binary", "binary");
        assertThat(document.at("/paths/~1none/post/requestBody/content/multipart~1form-data/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/fields");
        assertThat(document.at("/components/schemas").has("upload")).isFalse();
    }

    @Test
    void theOrderOfRegistrationIsNotSeen() {
        Endpoint one = SchemaRoutes.post("/b", in("order/create"), out(200, "order"), ctx -> {});
        Endpoint two = SchemaRoutes.get("/a/{id}", path("id", "id"), out(200, "order"), ctx -> {});
        Endpoint three = SchemaRoutes.get("/a/{x}/c", out(200, "{\"type\": \"array\"}"), ctx -> {});
        for (DocumentForm form : DocumentForm.values()) {
            byte[] first = OpenApi.of(app(one, two, three)).document(form);
            for (List<Endpoint> order : List.of(List.of(three, two, one), List.of(two, one, three))) {
                assertThat(OpenApi.of(app(order.toArray(new Endpoint[0]))).document(form))
                        .isEqualTo(first);
            }
        }
    }

    private static Javalin app(Endpoint... endpoints) {
        return Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.schemas(SCHEMAS)));
            for (Endpoint endpoint : endpoints) {
                config.routes.addEndpoint(endpoint);
            }
        });
    }
}
