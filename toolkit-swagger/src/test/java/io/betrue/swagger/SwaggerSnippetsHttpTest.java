package io.betrue.swagger;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the pages. */
class SwaggerSnippetsHttpTest {
    enum Role implements RouteRole {
        ANYONE,
        ADMIN
    }

    enum ShopError implements ErrorCode {
        OUT_OF_STOCK;

        @Override
        public ErrorDefinition definition() {
            return ErrorDefinition.of(409, "Out of stock");
        }
    }

    @TempDir
    Path folder;

    @Test
    void firstUse() {
        // tag::first[]
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(
                    new SwaggerPlugin(s -> s.title("Shop").version("1.4").path("/docs")));
            config.routes.get("/orders/{id}", SwaggerSnippetsHttpTest::order);
            config.routes.delete("/orders/{id}", SwaggerSnippetsHttpTest::order, Role.ADMIN);
        });
        // end::first[]
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        assertThat(SwaggerHttpTest.names(document.at("/paths/~1orders~1{id}"))).containsExactly("get", "delete");
    }

    @Test
    void metadata() {
        Javalin app = Javalin.create(config -> {
            // tag::metadata[]
            config.routes.addEndpoint(Endpoint.create(HandlerType.POST, "/orders")
                    .addMetadata(Operation.of("Places an order")
                            .description("It is sent **at once**.")
                            .id("placeOrder")
                            .problems(ShopError.OUT_OF_STOCK))
                    .handler(SwaggerSnippetsHttpTest::order));
            // end::metadata[]
            // tag::describe[]
            config.registerPlugin(new SwaggerPlugin(s -> s.hide("/internal/*")
                    .describe(
                            HandlerType.GET,
                            "/stock",
                            Operation.of("Says what is left").tags("warehouse"))));
            config.routes.get("/stock", SwaggerSnippetsHttpTest::order);
            config.routes.get("/internal/health", SwaggerSnippetsHttpTest::order);
            // end::describe[]
        });
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        assertThat(document.at("/paths/~1orders/post/operationId").asText()).isEqualTo("placeOrder");
        assertThat(document.at("/paths/~1stock/get/tags/0").asText()).isEqualTo("warehouse");
        assertThat(SwaggerHttpTest.names(document.path("paths"))).containsExactly("/orders", "/stock");
    }

    @Test
    void schemas() {
        // tag::schemas[]
        Schemas schemas = Schemas.load(
                s -> s.json("order/create", "{\"type\": \"object\"}").json("order", "{\"type\": \"object\"}"));
        Javalin app = Javalin.create(config -> {
            config.registerPlugin(
                    new SwaggerPlugin(s -> s.schemas(schemas).problems(ErrorCatalogue.of(ShopError.values()))));
            config.routes.addEndpoint(SchemaRoutes.post(
                    "/orders", in("order/create"), out(201, "order"), SwaggerSnippetsHttpTest::order));
        });
        // end::schemas[]
        JsonNode document = SwaggerHttpTest.read(app, DocumentForm.JSON_31);
        assertThat(SwaggerHttpTest.names(document.at("/components/schemas")))
                .containsExactly("Problem", "order", "order.create");
    }

    @Test
    void everyOption() {
        // tag::options[]
        SwaggerPlugin plugin = new SwaggerPlugin(s -> s.title("Shop")
                .version("1.4")
                .description("Orders and what is left.")
                .path("/docs")
                .viewer(Viewer.REDOC)
                .documents("/meta/openapi")
                .roles(Role.ADMIN)
                .publicRoles(Role.ANYONE)
                .security(SecurityScheme.bearer("JWT"))
                .tagsBelow("/api")
                .tag("orders", "What was bought"));
        // end::options[]
        Javalin app = Javalin.create(config -> config.registerPlugin(plugin));
        assertThat(app.unsafe.internalRouter.allHttpHandlers())
                .anyMatch(handler -> handler.endpoint.path.equals("/meta/openapi.yaml"));
    }

    @Test
    void inATest() throws IOException {
        Javalin app = Javalin.create(config -> config.registerPlugin(new SwaggerPlugin(s -> {})));
        Path file = folder.resolve("openapi.json");
        assertThat(OpenApiExport.run(app, "--out", file.toString())).isZero();
        // tag::check[]
        assertThat(OpenApiExport.run(app, "--out", file.toString(), "--check")).isZero();
        // end::check[]
        // tag::program[]
        byte[] yaml = OpenApi.of(app).document(DocumentForm.YAML_31);
        assertThat(OpenApi.of(app).warnings()).isEmpty();
        // end::program[]
        assertThat(yaml).isNotEmpty();
    }

    private static void order(Context ctx) {
        ctx.result("an order");
    }
}
