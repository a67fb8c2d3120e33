package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.errors.ProblemException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaSnippetsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void first() throws Exception {
        String body = "{\"customer\": \"Ann\", \"lines\": [{\"sku\": \"ABC-1234\", \"quantity\": 0}]}";
        // tag::first[]
        Schemas schemas = Schemas.load(config -> config.classPath("schemas"));
        Schema order = schemas.get("order/create");

        JsonNode value = MAPPER.readTree(body);
        List<Violation> violations = order.validate(value);
        // end::first[]
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/lines/0/quantity");
            assertThat(violation.keyword()).isEqualTo("minimum");
            assertThat(violation.message()).isEqualTo("must be at least 1");
        });
    }

    @Test
    void check() throws Exception {
        Schema order = Schemas.load(config -> config.classPath("schemas")).get("order/create");
        JsonNode value = MAPPER.readTree("{\"customer\": \"\"}");
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> {
            // tag::check[]
            order.check(value); // or ProblemException: 422 VALIDATION_FAILED with a field error for each violation
            // end::check[]
        });
        assertThat(thrown.problem().errors()).hasSize(2);
        assertThat(thrown.problem().status()).isEqualTo(422);
    }

    @Test
    void sources(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("refund.json"), "{\"type\": \"object\"}");
        // tag::sources[]
        Schemas schemas =
                Schemas.load(config -> config.classPath("schemas") // schemas/order/create.json is order/create
                        .directory(directory) // refund.json is refund
                        .json("ping", "{\"const\": \"ping\"}")
                        .reference(
                                URI.create("https://example.com/money.json"), "{\"type\": \"number\", \"minimum\": 0}")
                        .json("price", "{\"$ref\": \"https://example.com/money.json\"}"));
        // end::sources[]
        assertThat(schemas.names()).contains("order/create", "refund", "ping", "price");
        assertThat(schemas.get("price").validate(MAPPER.readTree("-1"))).hasSize(1);
    }

    @Test
    void options() throws Exception {
        // tag::options[]
        Pattern sku = Pattern.compile("[A-Z]{3}-[0-9]{4}");
        Schemas schemas =
                Schemas.load(config -> config.draft(Draft.DRAFT_4) // of schemas without $schema; draft 7 otherwise
                        .format("sku", text -> sku.matcher(text).matches())
                        .trustPattern("^(?=.*[0-9]).{8,}$") // looks ahead: runs on java.util.regex, at your own risk
                        .json("item", "{\"properties\": {\"sku\": {\"format\": \"sku\"}}}")
                        .json("password", "{\"pattern\": \"^(?=.*[0-9]).{8,}$\", \"maxLength\": 64}"));
        // end::options[]
        assertThat(schemas.get("item").validate(MAPPER.readTree("{\"sku\": \"x\"}")))
                .hasSize(1);
        assertThat(schemas.get("password").validate(MAPPER.readTree("\"secret123\"")))
                .isEmpty();
        assertThat(schemas.get("password").draft()).isEqualTo(Draft.DRAFT_4);
    }

    @Test
    void faults() {
        assertThatThrownBy(() -> Schemas.load(config -> config.json("order", """
                        {
                          "type": "object",
                          "requird": ["id"],
                          "properties": {
                            "id": {"type": "strng"},
                            "lines": {"$ref": "line.json"}
                          }
                        }
                        """)))
                .hasMessage("""
                        schemas cannot be used, 3 faults:
                          order:3:14 /requird                 is no keyword; did you mean "required"?
                          order:5:20 /properties/id/type      must be one or more of [string, number, integer, boolean, object, array, null]; did you mean "string"?
                          order:6:23 /properties/lines/$ref   refers to "line.json", which is not among the registered schemas""".replace("ref   ", "ref  ")
                        .replace("ird    ", "ird   ")
                        .replace("type      ", "type     "));
    }
}
