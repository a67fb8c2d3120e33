package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** A folder, and what is loaded of it. */
abstract class LoadedFolder {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final String TEXT = "the same words again and again, ".repeat(100);

    @TempDir
    Path web;

    Tree load(Consumer<StaticFilesConfig> change) {
        return loader(change).load(Tree.EMPTY);
    }

    Loader loader(Consumer<StaticFilesConfig> change) {
        return new Loader(
                settings(config -> change.accept(config.mount("/", StaticRoot.directory(web)))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Settings settings(Consumer<StaticFilesConfig> change) {
        StaticFilesConfig config = new StaticFilesConfig();
        change.accept(config);
        return config.settings("/");
    }

    static Entry.Resource resource(Tree tree, String path) {
        assertThat(tree.find(path)).isInstanceOf(Entry.Resource.class);
        return (Entry.Resource) Objects.requireNonNull(tree.find(path));
    }

    static String string(Tree tree, String path) {
        return StandardCharsets.UTF_8
                .decode(bytes(resource(tree, path).identity().body()))
                .toString();
    }

    static ByteBuffer bytes(Body body) {
        return ((Body.InMemory) body).bytes().duplicate();
    }

    static String gunzip(Body body) throws IOException {
        byte[] packed = new byte[(int) body.length()];
        bytes(body).get(packed);
        return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
    }

    static @Nullable String field(List<HttpField> fields, String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .map(HttpField::getValue)
                .findFirst()
                .orElse(null);
    }

    static List<String> text(List<HttpField> fields) {
        return fields.stream()
                .map(field -> field.getName() + ": " + field.getValue())
                .toList();
    }

    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String path, byte[] bytes) throws IOException {
        Path file = web.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
