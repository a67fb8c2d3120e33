package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsTheClassPath() throws Exception {
        Schemas schemas = Schemas.load(config -> config.classPath("schemas"));
        assertThat(schemas.names()).contains("order/create");
        Schema order = schemas.get("order/create");
        assertThat(order.draft()).isEqualTo(Draft.DRAFT_7);
        JsonNode good = JSON.readTree("{\"customer\": \"Ann\", \"lines\": [{\"sku\": \"ABC-1234\", \"quantity\": 2}]}");
        assertThat(order.validate(good)).isEmpty();
        JsonNode bad = JSON.readTree("{\"customer\": \"Ann\", \"lines\": [{\"sku\": \"ABC-12345\", \"quantity\": 2}]}");
        assertThat(order.validate(bad)).isNotEmpty();
    }

    @Test
    void readsADirectory(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("a/b/c.json"), "{\"type\": \"integer\"}");
        Files.writeString(directory.resolve("a/readme.txt"), "no schema");
        Schemas schemas = Schemas.load(config -> config.directory(directory));
        assertThat(schemas.names()).containsExactly("a/b/c");
        assertThat(schemas.get("a/b/c").validate(JSON.readTree("1"))).isEmpty();
        assertThat(schemas.get("a/b/c").validate(JSON.readTree("\"1\""))).hasSize(1);
    }

    @Test
    void namesTheSchemaThatWasMeant() {
        Schemas schemas = Schemas.load(config -> config.json("order/create", "{}"));
        assertThatThrownBy(() -> schemas.get("order/craete"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean \"order/create\"?");
    }
}
