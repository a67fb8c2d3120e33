package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
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
    void tellsWhereSharedDefinitionsWereWritten() {
        Schemas schemas = Schemas.load(config -> config.json("money", "{\"type\": \"number\"}")
                .reference(URI.create("https://example.com/types.json"), "{\"definitions\": {\"a/b\": {}}}")
                .json(
                        "order",
                        "{\"items\": [{\"$ref\": \"money\"}, {\"$ref\": \"https://example.com/types.json#/definitions/a~1b\"}]}")
                .json("refund", "{\"not\": {\"$ref\": \"money\"}, \"items\": {\"$ref\": \"#\"}}"));
        SchemaOrigin money = new SchemaOrigin("money", "money", "");
        assertThat(schemas.get("order").origins())
                .containsExactly(
                        Map.entry("money", money),
                        Map.entry(
                                "a_b",
                                new SchemaOrigin(
                                        "https://example.com/types.json",
                                        "https://example.com/types.json",
                                        "/definitions/a~1b")));
        assertThat(schemas.get("order").origins().keySet())
                .containsExactlyElementsOf(() ->
                        schemas.get("order").standalone().path("definitions").fieldNames());
        assertThat(schemas.get("refund").origins()).containsExactly(Map.entry("money", money));
        assertThat(schemas.get("money").origins()).isEmpty();
    }

    @Test
    void dropsIdentifiersWhereASchemaStandsAlone() {
        Schema schema = Schemas.load(config -> config.json(
                        "a", "{\"$id\": \"https://example.com/a\", \"not\": {\"$id\": \"b\", \"title\": \"b\"}}"))
                .get("a");
        assertThat(schema.standalone()).hasToString("{\"not\":{\"title\":\"b\"}}");
        assertThat(schema.document().has("$id")).isTrue();
    }

    @Test
    void namesTheSchemaThatWasMeant() {
        Schemas schemas = Schemas.load(config -> config.json("order/create", "{}"));
        assertThatThrownBy(() -> schemas.get("order/craete"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean \"order/create\"?");
    }

    @Test
    void readsFoldersOfJarsAndTheFirstOfANameWins(@TempDir Path directory) throws Exception {
        Path first = jar(
                directory.resolve("first.jar"),
                Map.of("s/a b/c.json", "{\"type\": \"integer\"}", "s/x.txt", "no schema"));
        Path second = jar(
                directory.resolve("second.jar"),
                Map.of("s/a b/c.json", "no JSON", "s/d.json", "{\"$ref\": \"a%20b/c\"}"));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {first.toUri().toURL(), second.toUri().toURL()}, null)) {
            Schemas schemas = Schemas.load(config -> config.classPath("s", loader));
            assertThat(schemas.names()).containsExactly("a b/c", "d");
            assertThat(schemas.get("d").validate(JSON.readTree("1.5"))).hasSize(1);
        }
    }

    private static Path jar(Path file, Map<String, String> entries) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry("s/"));
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    @Test
    void followsLinksToFilesWithinTheDirectoryOnly(@TempDir Path directory, @TempDir Path outside) throws Exception {
        Files.createDirectories(directory.resolve("..2026"));
        Files.writeString(directory.resolve("..2026/a.json"), "{}");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(directory.resolve("a.json"), Path.of("..data/a.json"));
        assertThat(Schemas.load(config -> config.directory(directory)).names()).containsExactly("a");

        Path secret = Files.writeString(outside.resolve("secret.json"), "{}");
        Files.createSymbolicLink(directory.resolve("b.json"), secret);
        assertThatThrownBy(() -> Schemas.load(config -> config.directory(directory)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("/b.json  is a link to a file outside the directory");
    }

    @Test
    void refusesTextThatIsNotUtf8(@TempDir Path directory) throws Exception {
        Files.write(directory.resolve("a.json"), new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'});
        assertThatThrownBy(() -> Schemas.load(config -> config.directory(directory)))
                .hasMessageContaining("is not UTF-8");
    }
}
