package io.betrue.browsertests;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.multipart;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaPlugin;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.betrue.swagger.Operation;
import io.betrue.swagger.SwaggerPlugin;
import io.betrue.swagger.Viewer;
import io.javalin.Javalin;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page, below a context path and behind a proxy with a prefix, under the policy default-src 'self'. */
class DocsPageIT {
    private static final String ATTACK = "<img src=x onerror=\"window.attacked=1\"><script>window.attacked=1</script>";
    private static final Schemas SCHEMAS = Schemas.load(s -> s.json(
                    "order/create",
                    "{\"type\": \"object\", \"required\": [\"count\"], \"properties\": {\"count\": {\"type\": \"integer\", \"minimum\": 1}}}")
            .json(
                    "note",
                    "{\"type\": \"object\", \"required\": [\"file\"], \"properties\": {\"file\": {\"type\": \"object\","
                            + " \"properties\": {\"size\": {\"type\": \"integer\", \"maximum\": 20}}}}}")
            .json("order", "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}}}"));

    private final Browser browser = new Browser();

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void swaggerUiListsTheOperationsAndCallsThem() throws IOException {
        Javalin app = app(Viewer.SWAGGER_UI, "");
        try (PrefixProxy proxy = new PrefixProxy("/gate/shop", app.port())) {
            String address = "http://127.0.0.1:" + proxy.port() + "/gate/shop";
            browser.open(address + "/app/docs");
            browser.awaitText(".opblock-summary-path", "/orders/{id}");
            assertThat(browser.run("return document.querySelectorAll('.opblock').length"))
                    .isEqualTo(4L);

            browser.see("#operations-orders-getOrdersById .opblock-summary-control")
                    .click();
            browser.see(".try-out__btn").click();
            browser.type(".parameters input", "7");
            browser.see(".execute").click();
            browser.awaitText(".live-responses-table .response-col_status", "200");
            browser.awaitText(".live-responses-table .response-col_description", "\"id\": 7");

            assertThat(browser.requests())
                    .contains(address + "/app/openapi.json", address + "/app/orders/7")
                    .allMatch(request -> request.startsWith(address + "/app/"));
            assertThat(browser.complaints()).isEmpty();
        } finally {
            app.stop();
        }
    }

    @Test
    void swaggerUiSendsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("note.txt"), "twelve bytes");
        Javalin app = app(Viewer.SWAGGER_UI, "");
        try {
            browser.open("http://127.0.0.1:" + app.port() + "/app/docs/");
            browser.see("#operations-notes-postNotes .opblock-summary-control").click();
            browser.see(".try-out__btn").click();
            browser.see("input[type=file]").sendKeys(file.toString());
            browser.see(".execute").click();
            browser.awaitText(".live-responses-table .response-col_status", "200");
            browser.awaitText(".live-responses-table .response-col_description", "note.txt has 12 bytes");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            app.stop();
        }
    }

    @Test
    void redocShowsTheOperations() throws IOException {
        Javalin app = app(Viewer.REDOC, "");
        try (PrefixProxy proxy = new PrefixProxy("/gate/shop", app.port())) {
            String address = "http://127.0.0.1:" + proxy.port() + "/gate/shop";
            browser.open(address + "/app/docs");
            browser.awaitText("body", "Places an order");
            Object font = browser.run("return getComputedStyle(document.querySelector('.redoc-wrap')).fontFamily");
            assertThat(String.valueOf(font)).contains("Roboto");
            assertThat(browser.requests()).allMatch(request -> request.startsWith(address + "/app/"));
            // what it misses under the policy, as its README says
            assertThat(browser.complaints())
                    .allMatch(text -> text.contains("Loading the image 'data:image/svg+xml;")
                            || text.contains("Applying inline style violates"));
        } finally {
            app.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(Viewer.class)
    void whatADocumentSaysIsNotRun(Viewer viewer) {
        Javalin app = app(viewer, ATTACK);
        try {
            browser.open("http://127.0.0.1:" + app.port()
                    + "/app/docs/?url=https://example.invalid/other.json&configUrl=https://example.invalid/c.json");
            browser.awaitText("body", "Places an order");
            assertThat(browser.run("return window.attacked")).isEqualTo("");
            assertThat(browser.requests())
                    .allMatch(request -> request.startsWith("http://127.0.0.1:" + app.port() + "/app/"));
        } finally {
            app.stop();
        }
    }

    private static Javalin app(Viewer viewer, String text) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.router.contextPath = "/app";
                    config.registerPlugin(new SwaggerPlugin(s -> s.title("Shop " + text)
                            .description("All of it. " + text)
                            .path("/docs")
                            .viewer(viewer)
                            .schemas(SCHEMAS)));
                    config.routes.before(ctx -> ctx.header("Content-Security-Policy", "default-src 'self'"));
                    config.routes.get("/orders", ctx -> ctx.json("[]"));
                    config.routes.addEndpoint(SchemaRoutes.get(
                            "/orders/{id}",
                            path("id", "{\"type\": \"integer\"}"),
                            out(200, "order"),
                            ctx -> ctx.contentType("application/json")
                                    .result("{\"id\": " + ctx.pathParam("id") + "}")));
                    config.registerPlugin(new SchemaPlugin(SCHEMAS));
                    config.routes.addEndpoint(SchemaRoutes.post("/notes", multipart("note"), ctx -> {
                        UploadedFile file = Objects.requireNonNull(ctx.uploadedFile("file"));
                        ctx.result(file.filename() + " has " + file.size() + " bytes");
                    }));
                    config.routes.addEndpoint(SchemaRoutes.post(
                                    "/orders", RouteSchema.of(in("order/create"), out(201, "order")), ctx -> {})
                            .withMetadata(Operation.of("Places an order").description(text)));
                })
                .start("127.0.0.1", 0);
    }
}
