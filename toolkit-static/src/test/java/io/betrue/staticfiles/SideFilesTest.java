package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideFilesTest {
    private static final String TEXT = "the same words again and again, ".repeat(100);
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3};

    @TempDir
    Path web;

    @Test
    void takesSideFilesTheSmallestFirst() throws IOException {
        write("a.css", TEXT.getBytes(StandardCharsets.UTF_8), 0);
        write("a.css.br", new byte[5], 0);
        write("a.css.zst", ZSTD, 1);
        write("a.css.gz", gzip(TEXT), 0);
        Tree tree = load();

        Entry.Resource resource = LoadedFolder.resource(tree, "/a.css");
        assertThat(resource.encoded()).extracting(Representation::coding).containsExactly("br", "zstd", "gzip");
        assertThat(resource.encoded()).extracting(Representation::etag).doesNotHaveDuplicates();
        Entry.Resource own = LoadedFolder.resource(tree, "/a.css.gz");
        assertThat(own.encoded()).isEmpty();
        assertThat(own.identity().body()).isSameAs(resource.encoded().get(2).body());
        assertThat(resource.encoded().get(0).found())
                .anyMatch(field -> field.getName().equals("Content-Type")
                        && field.getValue().equals("text/css;charset=utf-8"));
    }

    @Test
    void ignoresSideFilesThatAreOlder() throws IOException {
        write("a.png", new byte[1000], 0);
        write("a.png.br", new byte[5], -1);
        refuses("a.png", "older");
    }

    @Test
    void ignoresSideFilesThatAreNotSmaller() throws IOException {
        write("a.png", new byte[5], 0);
        write("a.png.br", new byte[5], 0);
        refuses("a.png", "not smaller");
    }

    @Test
    void ignoresDamagedSideFiles() throws IOException {
        byte[] packed = gzip(TEXT);
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1;
        for (byte[] damaged : List.of(
                new byte[0],
                new byte[3],
                Arrays.copyOf(packed, packed.length - 1),
                gzip("another content of " + TEXT),
                flipped)) {
            write("a.png", TEXT.getBytes(StandardCharsets.UTF_8), 0);
            write("a.png.gz", damaged, 0);
            refuses("a.png", "damaged");
        }
        Files.delete(web.resolve("a.png.gz"));
        write("a.png.zst", new byte[] {1, 2, 3, 4}, 0);
        refuses("a.png", "damaged");
    }

    @Test
    void checksStreamedSideFilesToo() throws IOException {
        write("a.png", TEXT.getBytes(StandardCharsets.UTF_8), 0);
        write("a.png.gz", gzip(TEXT), 0);
        Tree tree = load();
        StaticFilesConfig config = new StaticFilesConfig();
        Tree streamed = new Loader(config.mount("/", StaticRoot.directory(web))
                        .memoryFileLimit(0)
                        .settings("/"))
                .load(Tree.EMPTY);
        assertThat(LoadedFolder.resource(tree, "/a.png").encoded()).hasSize(1);
        assertThat(LoadedFolder.resource(streamed, "/a.png").encoded()).hasSize(1);
        assertThat(LoadedFolder.resource(streamed, "/a.png").encoded().get(0).body())
                .isInstanceOf(Body.Streamed.class);
    }

    @Test
    void compressesItselfWhenTheSideFileIsRefused() throws IOException {
        write("a.css", TEXT.getBytes(StandardCharsets.UTF_8), 0);
        write("a.css.gz", new byte[100], 0);
        try (Logged logged = Logged.of(SideFiles.class)) {
            assertThat(LoadedFolder.resource(load(), "/a.css")
                            .encoded()
                            .get(0)
                            .body()
                            .length())
                    .isNotEqualTo(100);
            assertThat(logged.lines()).hasSize(1);
        }
    }

    @Test
    void warnsOfTheSameSideFileOnceUntilItIsGood() throws IOException {
        write("a.png", new byte[1000], 0);
        write("a.png.br", new byte[5], -1);
        write("b.png", new byte[1000], 0);
        write("b.png.zst", new byte[4], 0);
        try (Logged logged = Logged.of(SideFiles.class);
                StaticFiles files = new StaticFiles(settings())) {
            assertThat(logged.lines())
                    .containsExactlyInAnyOrder(
                            "WARN a.png.br in " + web
                                    + " is not used as the br form of its file: it is older; compress the file again",
                            "WARN b.png.zst in " + web + " is not used as the zstd form of its file: it is damaged");
            files.reload();
            write("c.png", new byte[1], 0);
            files.reload();
            assertThat(logged.lines()).hasSize(2);

            write("a.png.br", new byte[5], 0);
            files.reload();
            assertThat(logged.lines()).hasSize(2);
            write("a.png", new byte[1001], 1);
            files.reload();
            assertThat(logged.lines()).hasSize(3).last().asString().contains("a.png.br");
        }
    }

    @Test
    void warnsOnceHoweverOftenFilesMoveWhileTheyAreRead() throws IOException {
        write("a.png", new byte[1000], 0);
        write("a.png.br", new byte[5], -1);
        AtomicInteger loads = new AtomicInteger();
        VirtualFiles restless = StaticRoot.virtual().file("x", () -> {
            if (loads.incrementAndGet() < 4) {
                touch(web.resolve("a.png"));
            }
            return new byte[0];
        });
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web)).mount("/v", restless);
        try (Logged logged = Logged.of(SideFiles.class)) {
            new StaticFiles(config.settings("/")).close();
            assertThat(loads).hasValue(4);
            assertThat(logged.lines()).hasSize(1);
        }
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuses(String path, String reason) throws IOException {
        try (Logged logged = Logged.of(SideFiles.class)) {
            assertThat(LoadedFolder.resource(load(), "/" + path).encoded()).isEmpty();
            assertThat(logged.lines()).hasSize(1).allMatch(line -> line.startsWith("WARN") && line.contains(reason));
        }
    }

    private Tree load() {
        return new Loader(settings()).load(Tree.EMPTY);
    }

    private Settings settings() {
        return new StaticFilesConfig().mount("/", StaticRoot.directory(web)).settings("/");
    }

    private void write(String path, byte[] bytes, int seconds) throws IOException {
        Files.write(web.resolve(path), bytes);
        Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds);
        Files.setLastModifiedTime(web.resolve(path), FileTime.from(time));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
