package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.SchemaCheck;
import io.betrue.schema.Schemas;
import io.betrue.swagger.SecurityScheme;
import io.betrue.swagger.SwaggerPlugin;
import io.javalin.config.JavalinConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a document says of commands. */
class HttpDocumentsHttpTest {
    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void commandsAreInTheDocument() throws Exception {
        Consumer<JavalinConfig> plugins = config -> {
            Served.WITH_ERRORS.accept(config);
            config.registerPlugin(
                    new SwaggerPlugin(s -> s.title("Till").version("1").security(SecurityScheme.bearer("token"))));
        };
        try (Served served = new Served(
                plugins,
                c -> {},
                h -> h.schemas(Till.schemas()).rest("GET", "/tills/{currency}/balance", Till.BALANCE))) {
            JsonNode document =
                    Served.tree(Served.send(served.to("/openapi.json").GET()));
            JsonNode paths = document.path("paths");
            assertThat(names(paths))
                    .contains("/api/till/deposit", "/api/_app/getCommands", "/tills/{currency}/balance")
                    .noneMatch(path -> path.contains("address") || path.contains("close"));
            JsonNode deposit = paths.at("/~1api~1till~1deposit/post");
            assertThat(deposit.path("operationId").asText()).isEqualTo("tillDeposit");
            assertThat(paths.at("/~1tills~1{currency}~1balance/get/operationId").asText())
                    .isEqualTo("getTillsByCurrencyBalance");
            assertThat(deposit.at("/parameters/0/name").asText()).isEqualTo("Idempotency-Key");
            assertThat(paths.at("/~1api~1till~1audit/post").has("parameters")).isFalse();
            assertThat(deposit.path("summary").asText()).isEqualTo("Puts money in");
            assertThat(deposit.path("tags").path(0).asText()).isEqualTo("till");
            assertThat(deposit.at("/requestBody/content/application~1json/schema/properties/amount/minimum")
                            .asInt())
                    .isEqualTo(1);
            assertThat(deposit.at("/responses/200/content/application~1json/schema/properties/amount/type")
                            .asText())
                    .isEqualTo("integer");
            assertThat(deposit.path("responses").path("422").toString()).contains("UNKNOWN_CURRENCY");
            assertThat(deposit.path("security")).isNotEmpty();
            JsonNode audit = paths.at("/~1api~1till~1audit/post");
            assertThat(audit.path("x-roles").path(0).asText()).isEqualTo("auditor");
            assertThat(paths.at("/~1api~1till~1ticket/post").has("security")).isFalse();
            assertThat(paths.at("/~1api~1files~1store/post/requestBody/content").toString())
                    .contains("multipart/form-data", "application/octet-stream");
            JsonNode balance = paths.at("/~1tills~1{currency}~1balance/get/parameters");
            assertThat(balance.findValuesAsText("name")).containsExactlyInAnyOrder("currency", "open", "tills");
        }
    }

    @Test
    void registeredSchemasCanBeSpokenOfByTheirNames() throws Exception {
        Schemas schemas = Schemas.load(s -> s.json("till/deposit/in", "{\"type\": \"object\"}"));
        Consumer<JavalinConfig> plugins = config -> {
            Served.WITH_ERRORS.accept(config);
            config.registerPlugin(
                    new SwaggerPlugin(s -> s.title("Till").version("1").schemas(schemas)));
        };
        try (Served served = new Served(
                plugins, c -> {}, h -> h.schemas(SchemaCheck.with(schemas)).namedSchemas())) {
            JsonNode paths =
                    Served.tree(Served.send(served.to("/openapi.json").GET())).path("paths");
            assertThat(paths.at("/~1api~1till~1deposit/post/requestBody/content/application~1json/schema/$ref")
                            .asText())
                    .isEqualTo("#/components/schemas/till.deposit.in");
            assertThat(paths.at("/~1api~1till~1deposit/post/responses/200/content/application~1json/schema/type")
                            .asText())
                    .as("one that is made of a record stands where it is used")
                    .isEqualTo("object");
        }
    }
}
