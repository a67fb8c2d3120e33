package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClasspathRootTest {
    @TempDir
    Path temp;

    @Test
    void findsFilesOfAJar() throws IOException {
        Path jar = jar(
                "a.jar", Map.of("web/", "", "web/index.html", "<html>", "web/css/a b.css", "a{}", "other.txt", "x"));
        try (URLClassLoader loader = loader(jar)) {
            List<SourceFile> files = StaticRoot.classpath(loader, "web").scan(false);
            assertThat(files).extracting(SourceFile::path).containsExactly("css/a b.css", "index.html");
            assertThat(files.get(1).size()).isEqualTo(6);
            assertThat(files.get(1).read()).asString().isEqualTo("<html>");
        }
    }

    @Test
    void findsFilesOfADirectory() throws IOException {
        Files.createDirectories(temp.resolve("classes/web/css"));
        Files.writeString(temp.resolve("classes/web/css/a.css"), "a{}");
        try (URLClassLoader loader = loader(temp.resolve("classes"))) {
            assertThat(StaticRoot.classpath(loader, "web").scan(false))
                    .extracting(SourceFile::path)
                    .containsExactly("css/a.css");
        }
    }

    @Test
    void mergesFoldersAndPrefersTheFirst() throws IOException {
        Path first = jar("first.jar", Map.of("web/", "", "web/same.txt", "first", "web/one.txt", "1"));
        Path second = jar("second.jar", Map.of("web/", "", "web/same.txt", "second", "web/two.txt", "2"));
        try (URLClassLoader loader = loader(first, second)) {
            List<SourceFile> files = StaticRoot.classpath(loader, "web").scan(false);
            assertThat(files).extracting(SourceFile::path).containsExactly("one.txt", "same.txt", "two.txt");
            assertThat(files.get(1).read()).asString().isEqualTo("first");
        }
    }

    @Test
    void leavesOutHiddenFilesAndNamesThatLeadOutside() throws IOException {
        Path jar = jar(
                "evil.jar",
                Map.of(
                        "web/",
                        "",
                        "web/.env",
                        "x",
                        "web/../secret",
                        "x",
                        "web/a//b",
                        "x",
                        "web/c\\d",
                        "x",
                        "web/good",
                        "x"));
        try (URLClassLoader loader = loader(jar);
                Logged logged = Logged.of(JarEntryFile.class)) {
            assertThat(StaticRoot.classpath(loader, "web").scan(false))
                    .extracting(SourceFile::path)
                    .containsExactly("good");
            assertThat(logged.lines()).hasSize(3);
        }
    }

    @Test
    void streamsALargeEntryFromAnyPosition() throws IOException {
        byte[] large = new byte[3 << 20];
        new Random(3).nextBytes(large);
        String text = new String(large, StandardCharsets.ISO_8859_1);
        Path jar = jar("large.jar", Map.of("web/", "", "web/large.bin", text));
        try (URLClassLoader loader = loader(jar)) {
            SourceFile file = StaticRoot.classpath(loader, "web").scan(false).get(0);
            int position = (2 << 20) + 17;
            ByteBuffer rest = ByteBuffer.allocate(large.length);
            try (ReadableByteChannel channel = file.open(position)) {
                while (channel.read(rest) >= 0) {
                    // to the end
                }
            }
            assertThat(rest.flip()).isEqualTo(ByteBuffer.wrap(large, position, large.length - position));
            LoadedFile streamed = LoadedFile.read(file, false);
            assertThat(streamed.streamed()).isTrue();
            assertThat(streamed.hash()).isEqualTo(Sha256.of(large));
        }
    }

    @Test
    void refusesAnEntryThatHasChangedSinceTheScan() throws IOException {
        Path jar = jar("a.jar", Map.of("web/", "", "web/a.txt", "before"));
        SourceFile file;
        try (URLClassLoader loader = loader(jar)) {
            file = StaticRoot.classpath(loader, "web").scan(false).get(0);
        }
        Files.delete(jar);
        jar("a.jar", Map.of("web/", "", "web/a.txt", "after!"));
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("has changed");
        assertThatThrownBy(() -> file.open(0).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void namesTheFolderThatIsMissing() {
        assertThatThrownBy(() -> StaticRoot.classpath("no/such/folder").scan(false))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("no/such/folder");
    }

    @Test
    void refusesTheWholeClassPathAndPathsThatLeadOutside() {
        for (String folder : List.of("", "/", "/web", "web/", "a/../b", "a\\b")) {
            assertThatThrownBy(() -> StaticRoot.classpath(folder))
                    .as(folder)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("folder");
        }
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = temp.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
                out.closeEntry();
            }
        }
        return jar;
    }
}
