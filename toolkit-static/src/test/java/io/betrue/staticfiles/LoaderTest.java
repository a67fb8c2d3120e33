package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

class LoaderTest extends LoadedFolder {
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
    void findsTheIndexOfADirectoryWhoseNameIsLongerInLowerCase() {
        String name = "\u0130".repeat(20);
        VirtualFiles files = StaticRoot.virtual().file(name + "/index.html", "hello");
        Tree tree = new Loader(settings(config -> config.mount("/", files, MountConfig::ignoreCase))).load(Tree.EMPTY);

        assertThat(resource(tree, "/" + name + "/").identity().body().length()).isEqualTo(5);
        assertThat(tree.find("/" + name)).isInstanceOf(Entry.Redirect.class);
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

    @Test
    void warnsOfReferencesThatLeadNowhereOnce() throws IOException {
        write("a.css", "url(missing.png)");
        Loader loader = new Loader(settings(config -> config.mount(
                "/", StaticRoot.directory(web), mount -> mount.fingerprints(FingerprintConfig::rewriteCss))));
        try (Logged logged = Logged.of(Assets.class)) {
            loader.load(loader.load(Tree.EMPTY));
            assertThat(logged.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .hasSize(1);
        }
    }
}
