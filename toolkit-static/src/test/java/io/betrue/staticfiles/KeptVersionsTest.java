package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptVersionsTest {
    @TempDir
    Path web;

    private int writes;

    @Test
    void servesBothNamesFromTheSameBytes() throws IOException {
        write("a.css", "a { color: red }".repeat(100));
        write("b.css", "@import 'a.css';");
        try (StaticFiles files = files(config -> {})) {
            assertThat(resource(files, "/a.css").identity().body())
                    .isSameAs(
                            resource(files, hashed("/a.css", files)).identity().body());
            assertThat(resource(files, "/a.css").encoded().get(0).body())
                    .isSameAs(resource(files, hashed("/a.css", files))
                            .encoded()
                            .get(0)
                            .body());
            assertThat(resource(files, "/b.css").identity().body())
                    .isSameAs(
                            resource(files, hashed("/b.css", files)).identity().body());
        }
    }

    @Test
    void keepsTheLastVersionsAfterReloads() throws IOException {
        try (StaticFiles files = files(config -> {})) {
            String[] names = new String[6];
            for (int i = 0; i < names.length; i++) {
                write("a.css", "version " + i);
                files.reload();
                names[i] = hashed("/a.css", files);
            }
            assertThat(files.tree().find(names[0])).isNull();
            assertThat(files.tree().find(names[1])).isNull();
            for (int i = 2; i < names.length; i++) {
                assertThat(text(files, names[i])).isEqualTo("version " + i);
            }
        }
    }

    @Test
    void keepsVersionsWhileNothingChanges() throws IOException {
        write("a.css", "one");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            write("a.css", "two");
            for (int i = 0; i < 10; i++) {
                files.reload();
            }
            assertThat(text(files, one)).isEqualTo("one");
        }
    }

    @Test
    void countsVersionsOfEachFileOnItsOwn() throws IOException {
        write("a.css", "one");
        write("b.css", "b");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            write("a.css", "two");
            for (int i = 0; i < 10; i++) {
                write("b.css", "b" + i);
                files.reload();
            }
            assertThat(text(files, one)).isEqualTo("one");
        }
    }

    @Test
    void takesVersionThatComesBackAsTheNewest() throws IOException {
        write("a.css", "one");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            for (String next : new String[] {"two", "one", "three", "four", "five"}) {
                write("a.css", next);
                files.reload();
            }
            assertThat(text(files, one)).isEqualTo("one");
            write("a.css", "six");
            files.reload();
            assertThat(files.tree().find(one)).isNull();
        }
    }

    @Test
    void keepsDeletedFileForAsManyChanges() throws IOException {
        write("a.css", "one");
        write("b.css", "b");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            Files.delete(web.resolve("a.css"));
            files.reload();
            files.reload();
            assertThat(files.tree().find("/a.css")).isNull();
            for (int i = 0; i < 2; i++) {
                assertThat(text(files, one)).isEqualTo("one");
                write("b.css", "b" + i);
                files.reload();
            }
            assertThat(text(files, one)).isEqualTo("one");
            write("b.css", "last");
            files.reload();
            assertThat(files.tree().find(one)).isNull();
        }
    }

    @Test
    void keepsVersionsWhenTheLastFileIsDeleted() throws IOException {
        write("a.css", "one");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            Files.delete(web.resolve("a.css"));
            files.reload();
            assertThat(text(files, one)).isEqualTo("one");
        }
    }

    @Test
    void keepsNothingWhenNotWanted() throws IOException {
        write("a.css", "one");
        try (StaticFiles files = new StaticFiles(
                settings(mount -> mount.fingerprints(prints -> prints.keepVersions(0)), config -> {}))) {
            String one = hashed("/a.css", files);
            write("a.css", "two");
            files.reload();
            assertThat(files.tree().find(one)).isNull();
        }
    }

    @Test
    void keepsRewrittenFilesWithWhatTheyReferTo() throws IOException {
        write("a.css", "@import 'b.css';");
        write("b.css", "one");
        try (StaticFiles files = files(config -> {})) {
            String before = hashed("/a.css", files);
            String imported = text(files, before);
            write("b.css", "two");
            files.reload();
            assertThat(hashed("/a.css", files)).isNotEqualTo(before);
            assertThat(text(files, before)).isEqualTo(imported);
            String name = imported.substring("@import '".length(), imported.indexOf(".css") + 4);
            assertThat(text(files, "/" + name)).isEqualTo("one");
        }
    }

    @Test
    void dropsTheOldestWhenTheBudgetIsTooSmall() throws IOException {
        String[] names = new String[4];
        try (StaticFiles files = files(config -> config.memoryBudget(3000))) {
            for (int i = 0; i < 3; i++) {
                write("a.bin", i + "x".repeat(999));
                files.reload();
                names[i] = hashed("/a.bin", files);
            }
            assertThat(text(files, names[0])).startsWith("0x");
            write("a.bin", 3 + "x".repeat(999));
            try (Logged logged = Logged.of(KeptVersions.class)) {
                files.reload();
                assertThat(logged.lines())
                        .containsExactly("WARN the memory budget has no room for 1 of 3 earlier versions of files"
                                + " (1000 B); the oldest are dropped");
            }
            assertThat(files.tree().find(names[0])).isNull();
            assertThat(text(files, names[1])).startsWith("1x");
            assertThat(text(files, names[2])).startsWith("2x");
        }
    }

    @Test
    void dropsWhatIsOlderThanADroppedVersionThoughItWouldFit() throws IOException {
        write("a.bin", "small");
        try (StaticFiles files = files(config -> config.memoryBudget(3000))) {
            String small = hashed("/a.bin", files);
            write("a.bin", "x".repeat(2000));
            files.reload();
            String large = hashed("/a.bin", files);
            assertThat(text(files, small)).isEqualTo("small");
            write("a.bin", "y".repeat(2000));
            files.reload();
            assertThat(files.tree().find(large)).isNull();
            assertThat(files.tree().find(small)).isNull();
        }
    }

    @Test
    void countsTheEncodingsOfEarlierVersions() throws IOException {
        String one = "first words again and again, ".repeat(40);
        write("a.css", one);
        try (StaticFiles files = files(config -> config.memoryBudget(one.length() + 120L))) {
            String name = hashed("/a.css", files);
            assertThat(resource(files, name).encoded()).hasSize(1);
            write("a.css", "x");
            files.reload();
            assertThat(files.tree().find(name)).isNotNull();
            write("b.bin", "y".repeat(80));
            files.reload();
            assertThat(files.tree().find(name)).isNull();
        }
    }

    @Test
    void keepsVersionsWhenReloadFails() throws IOException {
        write("a.css", "one");
        try (StaticFiles files = files(config -> {})) {
            String one = hashed("/a.css", files);
            write("a.css", "two");
            files.reload();
            write("b.tmpl.txt", "{{ file('missing.txt') }}");
            assertThatThrownBy(files::reload).isInstanceOf(StaticFilesException.class);
            assertThat(text(files, one)).isEqualTo("one");
            Files.delete(web.resolve("b.tmpl.txt"));
            files.reload();
            assertThat(text(files, one)).isEqualTo("one");
        }
    }

    private StaticFiles files(Consumer<StaticFilesConfig> config) {
        return new StaticFiles(settings(mount -> mount.fingerprints(FingerprintConfig::rewriteCss), config));
    }

    private Settings settings(Consumer<MountConfig> mount, Consumer<StaticFilesConfig> config) {
        StaticFilesConfig all = new StaticFilesConfig();
        all.mount("/", StaticRoot.directory(web), mount);
        config.accept(all);
        return all.settings("/");
    }

    private void write(String path, String content) throws IOException {
        Files.writeString(web.resolve(path), content);
        // Two changes within one tick of the clock would look like none.
        Files.setLastModifiedTime(web.resolve(path), FileTime.fromMillis(1_000L * ++writes));
    }

    /** {@return the hashed name a plain path has now: the one entry of the same content that is served for ever} */
    private static String hashed(String plain, StaticFiles files) {
        String etag = Objects.requireNonNull(resource(files, plain).identity().etag());
        return Fingerprints.path(plain, etag.substring(1));
    }

    private static String text(StaticFiles files, String path) {
        Body.InMemory body = (Body.InMemory) resource(files, path).identity().body();
        return StandardCharsets.UTF_8.decode(body.bytes().duplicate()).toString();
    }

    private static Entry.Resource resource(StaticFiles files, String path) {
        Entry entry = files.tree().find(path);
        assertThat(entry).as(path).isInstanceOf(Entry.Resource.class);
        return (Entry.Resource) Objects.requireNonNull(entry);
    }
}
