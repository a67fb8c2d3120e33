package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String TEXT = "the same words again and again, ".repeat(100);

    @TempDir
    Path web;

    @Test
    void putsSmallFilesIntoMemoryAndStreamsLargerOnes() throws IOException {
        write("limit.bin", new byte[1000]);
        write("above.bin", new byte[1001]);
        Tree tree = load(config -> config.memoryFileLimit(1000));

        assertThat(resource(tree, "/limit.bin").identity().body()).isInstanceOf(Body.InMemory.class);
        assertThat(resource(tree, "/above.bin").identity().body()).isInstanceOf(Body.Streamed.class);
        assertThat(resource(tree, "/above.bin").identity().etag()).hasSize(34);
    }

    @Test
    void streamsTheLargestWhenTheBudgetIsTooSmallAndWarnsOnce() throws IOException {
        write("a.bin", new byte[100]);
        write("b.bin", new byte[200]);
        write("c.bin", new byte[300]);
        write("d.bin", new byte[400]);
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            Tree tree = load(config -> config.memoryBudget(600));
            assertThat(resource(tree, "/c.bin").identity().body()).isInstanceOf(Body.InMemory.class);
            assertThat(resource(tree, "/d.bin").identity().body()).isInstanceOf(Body.Streamed.class);
            assertThat(logged.lines())
                    .containsExactly("WARN the memory budget of 600 B is too small: 1 file of 400 B streamed");
        }
    }

    @Test
    void countsEncodingsAgainstTheBudget() throws IOException {
        write("a.txt", TEXT);
        Tree enough = load(config -> config.memoryBudget(TEXT.length() + 200));
        Tree tooLittle;
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            tooLittle = load(config -> config.memoryBudget(TEXT.length() + 10));
            assertThat(logged.lines())
                    .containsExactly("WARN the memory budget of 3.2 KB is too small: 1 file not compressed");
        }
        assertThat(resource(enough, "/a.txt").encoded()).hasSize(1);
        assertThat(resource(tooLittle, "/a.txt").encoded()).isEmpty();
        assertThat(resource(tooLittle, "/a.txt").identity().body()).isInstanceOf(Body.InMemory.class);
    }

    @Test
    void compressesAgainWhenThereIsRoomAgain() throws IOException {
        write("a.txt", TEXT);
        Loader loader = loader(config -> config.memoryBudget(2L * TEXT.length()));
        Tree roomy = loader.load(Tree.EMPTY);
        write("b.bin", noise(TEXT.length()));
        Tree tight = loader.load(roomy);
        Files.delete(web.resolve("b.bin"));
        Tree roomyAgain = loader.load(tight);

        assertThat(resource(roomy, "/a.txt").encoded()).hasSize(1);
        assertThat(resource(tight, "/a.txt").encoded()).isEmpty();
        assertThat(resource(roomyAgain, "/a.txt").encoded()).hasSize(1);
    }

    @Test
    void findsTheIndexOfADirectoryWhoseNameIsLongerInLowerCase() {
        String name = "\u0130".repeat(20);
        VirtualFiles files = StaticRoot.virtual().file(name + "/index.html", "hello");
        Tree tree = new Loader(settings(config -> config.mount("/", files, MountConfig::ignoreCase))).load(Tree.EMPTY);

        assertThat(resource(tree, "/" + name + "/").identity().body().length()).isEqualTo(5);
        assertThat(tree.find("/" + name)).isInstanceOf(Entry.Redirect.class);
    }

    @Test
    void servesNoSideFileForWhatWasRewritten() throws IOException {
        write("b.png", "b");
        write("a.css", "a{b:url(b.png)}".repeat(100));
        write("a.css.br", "made of the plain names");
        Tree plain = load(config -> {});
        Tree rewritten = new Loader(settings(config -> config.mount(
                        "/", StaticRoot.directory(web), mount -> mount.fingerprints(FingerprintConfig::rewriteCss))))
                .load(Tree.EMPTY);

        assertThat(resource(plain, "/a.css").encoded())
                .extracting(Representation::coding)
                .contains("br");
        assertThat(resource(rewritten, "/a.css").encoded())
                .extracting(Representation::coding)
                .containsExactly("gzip");
    }

    @Test
    void movesAFileBetweenMemoryAndDiskAsTheBudgetAllows() throws IOException {
        write("large.bin", noise(900));
        Loader loader = loader(config -> config.memoryBudget(1000));
        Tree alone = loader.load(Tree.EMPTY);
        write("small.bin", noise(800));
        Tree crowded = loader.load(alone);
        Files.delete(web.resolve("small.bin"));
        Tree aloneAgain = loader.load(crowded);

        assertThat(resource(alone, "/large.bin").identity().body()).isInstanceOf(Body.InMemory.class);
        assertThat(resource(crowded, "/large.bin").identity().body()).isInstanceOf(Body.Streamed.class);
        assertThat(resource(aloneAgain, "/large.bin").identity().body()).isInstanceOf(Body.InMemory.class);
    }

    @Test
    void countsWhatTemplatesMakeAgainstTheBudget() throws IOException {
        write("a.txt", TEXT);
        write("b.tmpl.txt", "{{ config('LONG') }}");
        Tree tree =
                load(config -> config.memoryBudget(2L * TEXT.length()).value("LONG", "x".repeat(2 * TEXT.length())));

        assertThat(resource(tree, "/a.txt").encoded()).isEmpty();
    }

    @Test
    void neverTakesMoreThanTheProcessAllows() {
        Settings settings = settings(config -> config.memoryBudget(1000));
        List<SourceFile> files = List.of(new VirtualFile("a", new byte[600], NOW));
        MemoryPlan plan = new MemoryPlan(settings, files, 500);
        assertThat(plan.isInMemory(files.get(0))).isFalse();
        try (Logged logged = Logged.of(MemoryPlan.class)) {
            plan.warn(settings);
            assertThat(logged.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("500 B (1000 B were asked for; half of -Xmx");
        }
    }

    @Test
    void compressesTextThatGetsSmaller() throws IOException {
        write("a.css", TEXT);
        write("small.css", TEXT.substring(0, 511));
        write("noise.txt", noise(5000));
        write("a.png", TEXT);
        Tree tree = load(config -> {});

        Representation gzip = resource(tree, "/a.css").encoded().get(0);
        assertThat(gzip.coding()).isEqualTo("gzip");
        assertThat(gunzip(gzip.body())).isEqualTo(TEXT);
        assertThat(resource(tree, "/small.css").encoded()).isEmpty();
        assertThat(resource(tree, "/noise.txt").encoded()).isEmpty();
        assertThat(resource(tree, "/a.png").encoded()).isEmpty();
    }

    @Test
    void compressesNothingWhenNotWanted() throws IOException {
        write("a.css", TEXT);
        Tree tree = new Loader(settings(
                        config -> config.mount("/x", StaticRoot.directory(web), MountConfig::withoutCompression)))
                .load(Tree.EMPTY);
        assertThat(resource(tree, "/x/a.css").encoded()).isEmpty();
        assertThat(field(resource(tree, "/x/a.css").identity().found(), "Vary")).isNull();
    }

    @Test
    void givesEachEncodingItsOwnStrongTag() throws IOException {
        write("a.css", TEXT);
        Entry.Resource first = resource(load(config -> {}), "/a.css");
        Files.setLastModifiedTime(web.resolve("a.css"), FileTime.from(NOW.minusSeconds(1000)));
        Entry.Resource second = resource(load(config -> {}), "/a.css");

        assertThat(first.identity().etag()).matches("\"[0-9a-f]{32}\"");
        assertThat(first.encoded().get(0).etag())
                .matches("\"[0-9a-f]{32}\"")
                .isNotEqualTo(first.identity().etag());
        assertThat(second.identity().etag()).isEqualTo(first.identity().etag());
        assertThat(second.encoded().get(0).etag())
                .isEqualTo(first.encoded().get(0).etag());
    }

    @Test
    void makesTheFieldsOfA200AndA304() throws IOException {
        write("a.css", TEXT);
        Files.setLastModifiedTime(web.resolve("a.css"), FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
        Entry.Resource resource = resource(load(config -> {}), "/a.css");
        Representation gzip = resource.encoded().get(0);

        assertThat(text(gzip.found()))
                .containsExactlyInAnyOrder(
                        "Content-Type: text/css;charset=utf-8",
                        "Content-Length: " + gzip.body().length(),
                        "Content-Encoding: gzip",
                        "ETag: " + gzip.etag(),
                        "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
                        "Vary: Accept-Encoding",
                        "Cache-Control: no-cache",
                        "Accept-Ranges: bytes",
                        "X-Content-Type-Options: nosniff");
        assertThat(text(gzip.notModified()))
                .containsExactlyInAnyOrder(
                        "ETag: " + gzip.etag(),
                        "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
                        "Vary: Accept-Encoding",
                        "Cache-Control: no-cache");
        assertThat(gzip.found()).allMatch(PreEncodedHttpField.class::isInstance);
        assertThat(text(resource.identity().found()))
                .contains("Vary: Accept-Encoding", "Content-Length: " + TEXT.length())
                .noneMatch(field -> field.startsWith("Content-Encoding"));
        assertThat(text(resource.identity().notModified())).contains("Vary: Accept-Encoding");
    }

    @Test
    void neverSaysThatAFileIsFromTheFuture() throws IOException {
        write("future.txt", "x");
        write("ancient.txt", "x");
        Files.setLastModifiedTime(web.resolve("future.txt"), FileTime.from(NOW.plusSeconds(3600)));
        Files.setLastModifiedTime(web.resolve("ancient.txt"), FileTime.from(Instant.EPOCH.minusSeconds(3600)));
        Tree tree = load(config -> {});
        assertThat(resource(tree, "/future.txt").modified()).isEqualTo(NOW);
        assertThat(resource(tree, "/ancient.txt").modified()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void appliesTheLastRuleOfAName() throws IOException {
        write("index.html", "<html>");
        write("img/a.png", "x");
        Tree tree = new Loader(settings(config -> config.mount(
                        "/x",
                        StaticRoot.directory(web),
                        mount -> mount.cacheControl("**", "max-age=1")
                                .cacheControl("/img/**", "max-age=2")
                                .header("*.html", "X-Frame-Options", "DENY")
                                .header("*.html", "Expires", "0")
                                .header("*.png", "X-Content-Type-Options", null))))
                .load(Tree.EMPTY);
        Entry.Resource page = resource(tree, "/x/index.html");
        Entry.Resource image = resource(tree, "/x/img/a.png");
        assertThat(field(page.identity().found(), "Cache-Control")).isEqualTo("max-age=1");
        assertThat(field(page.identity().found(), "X-Frame-Options")).isEqualTo("DENY");
        assertThat(field(page.identity().notModified(), "X-Frame-Options"))
                .as("a browser keeps what the last answer said, also a 304")
                .isEqualTo("DENY");
        assertThat(field(page.identity().notModified(), "Expires")).isEqualTo("0");
        assertThat(field(image.identity().found(), "Cache-Control")).isEqualTo("max-age=2");
        assertThat(field(image.identity().found(), "X-Content-Type-Options")).isNull();
    }

    @Test
    void servesDirectoriesByTheirIndex() throws IOException {
        write("index.html", "root");
        write("a b/index.htm", "old");
        write("both/index.htm", "second");
        write("both/index.html", "first");
        write("none/a.txt", "x");
        Tree tree = new Loader(settings(config -> config.mount("/docs", StaticRoot.directory(web)))).load(Tree.EMPTY);

        assertThat(string(tree, "/docs/")).isEqualTo("root");
        assertThat(string(tree, "/docs/a b/")).isEqualTo("old");
        assertThat(string(tree, "/docs/both/")).isEqualTo("first");
        assertThat(string(tree, "/docs/both/index.htm")).isEqualTo("second");
        assertThat(tree.find("/docs/none/")).isNull();
        assertThat(tree.find("/docs/none")).isNull();
        assertThat(tree.find("/docs"))
                .isInstanceOfSatisfying(
                        Entry.Redirect.class,
                        redirect -> assertThat(redirect.location()).isEqualTo("/docs/"));
        assertThat(tree.find("/docs/a b"))
                .isInstanceOfSatisfying(
                        Entry.Redirect.class,
                        redirect -> assertThat(redirect.location()).isEqualTo("/docs/a%20b/"));
    }

    @Test
    void asksTheLongestPrefixFirst() throws IOException {
        write("docs/a.txt", "short");
        write("b.txt", "b");
        VirtualFiles docs = StaticRoot.virtual().file("a.txt", "long");
        Tree tree = new Loader(settings(
                        config -> config.mount("/", StaticRoot.directory(web)).mount("/docs", docs)))
                .load(Tree.EMPTY);
        assertThat(string(tree, "/docs/a.txt")).isEqualTo("long");
        assertThat(string(tree, "/b.txt")).isEqualTo("b");
    }

    @Test
    void reportsEveryFaultAtOnce() {
        VirtualFiles broken = StaticRoot.virtual()
                .file("one.txt", () -> {
                    throw new IllegalStateException("no data");
                })
                .file("two.txt", () -> null);
        Loader loader = new Loader(settings(config ->
                config.mount("/", StaticRoot.directory(web.resolve("nowhere"))).mount("/v", broken)));
        assertThatThrownBy(() -> loader.load(Tree.EMPTY))
                .isInstanceOf(StaticFilesException.class)
                .hasMessageContaining("3 faults")
                .hasMessageContaining("nowhere")
                .hasMessageContaining("one.txt")
                .hasMessageContaining("no data")
                .hasMessageContaining("two.txt");
    }

    @Test
    void usesUnchangedFilesAgainWithoutReadingThem() throws IOException {
        write("a.css", TEXT);
        write("big.bin", new byte[3000]);
        Loader loader = loader(config -> config.memoryFileLimit(TEXT.length()));
        Tree first = loader.load(Tree.EMPTY);
        // bytes change under an unchanged size and time: whoever reads them again would see it
        FileTime time = Files.getLastModifiedTime(web.resolve("a.css"));
        Files.writeString(web.resolve("a.css"), TEXT.replace('w', 'W'));
        Files.setLastModifiedTime(web.resolve("a.css"), time);
        Tree second = loader.load(first);

        Entry.Resource before = resource(first, "/a.css");
        Entry.Resource after = resource(second, "/a.css");
        assertThat(after.identity().body()).isSameAs(before.identity().body());
        assertThat(after.encoded().get(0).body())
                .isSameAs(before.encoded().get(0).body());
    }

    @Test
    void readsChangedFilesAgain() throws IOException {
        write("a.css", TEXT);
        write("gone.css", TEXT);
        Loader loader = loader(config -> {});
        Tree first = loader.load(Tree.EMPTY);
        write("a.css", TEXT + "more");
        write("new.css", "x");
        Files.delete(web.resolve("gone.css"));
        try (Logged logged = Logged.of(StaticFiles.class)) {
            Tree second = loader.load(first);
            assertThat(string(second, "/a.css")).endsWith("more");
            assertThat(gunzip(resource(second, "/a.css").encoded().get(0).body()))
                    .endsWith("more");
            assertThat(second.find("/gone.css")).isNull();
            assertThat(logged.lines().get(0))
                    .matches("INFO Static files loaded again: 1 added, 1 changed, 1 removed, ready in \\d+ ms");
        }
        try (Logged logged = Logged.of(StaticFiles.class)) {
            loader.load(first);
            assertThat(logged.lines().get(0)).contains("nothing has changed");
        }
    }

    @Test
    void saysAtStartWhatIsServed() throws IOException {
        write("a.css", TEXT);
        write("b.bin", new byte[5000]);
        try (Logged logged = Logged.of(StaticFiles.class)) {
            load(config -> config.memoryFileLimit(4000));
            assertThat(logged.lines().get(0))
                    .matches("INFO Static files at / from .*: 2 files, 3\\.\\d KB in memory \\(\\d+ B of it gzip\\),"
                            + " 1 file of 4\\.9 KB streamed, ready in \\d+ ms");
            assertThat(logged.lines())
                    .anyMatch(line -> line.matches("DEBUG /a\\.css: 3\\.2 KB, gzip \\d+ B"))
                    .contains("DEBUG /b.bin: 4.9 KB, streamed");
        }
    }

    private Tree load(Consumer<StaticFilesConfig> change) {
        return loader(change).load(Tree.EMPTY);
    }

    private Loader loader(Consumer<StaticFilesConfig> change) {
        return new Loader(
                settings(config -> change.accept(config.mount("/", StaticRoot.directory(web)))),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Settings settings(Consumer<StaticFilesConfig> change) {
        StaticFilesConfig config = new StaticFilesConfig();
        change.accept(config);
        return config.settings("/");
    }

    static Entry.Resource resource(Tree tree, String path) {
        assertThat(tree.find(path)).isInstanceOf(Entry.Resource.class);
        return (Entry.Resource) Objects.requireNonNull(tree.find(path));
    }

    private static String string(Tree tree, String path) {
        return StandardCharsets.UTF_8
                .decode(bytes(resource(tree, path).identity().body()))
                .toString();
    }

    private static ByteBuffer bytes(Body body) {
        return ((Body.InMemory) body).bytes().duplicate();
    }

    private static String gunzip(Body body) throws IOException {
        byte[] packed = new byte[(int) body.length()];
        bytes(body).get(packed);
        return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static @Nullable String field(List<HttpField> fields, String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .map(HttpField::getValue)
                .findFirst()
                .orElse(null);
    }

    private static List<String> text(List<HttpField> fields) {
        return fields.stream()
                .map(field -> field.getName() + ": " + field.getValue())
                .toList();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = web.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
