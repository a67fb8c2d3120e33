package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRootTest {
    @TempDir
    Path temp;

    private Path web;

    @BeforeEach
    void createRoot() throws IOException {
        web = Files.createDirectory(temp.resolve("web"));
    }

    @Test
    void findsFilesOfAllDirectoriesInOrder() throws IOException {
        write("b.txt", "b");
        write("a/z/deep.txt", "deep");
        write("a/b c.txt", "");
        Files.createDirectories(web.resolve("empty"));

        List<SourceFile> files = StaticRoot.directory(web).scan(false);

        assertThat(files).extracting(SourceFile::path).containsExactly("a/b c.txt", "a/z/deep.txt", "b.txt");
        assertThat(files).extracting(SourceFile::size).containsExactly(0L, 4L, 1L);
        assertThat(files.get(1).read()).asString().isEqualTo("deep");
    }

    @Test
    void leavesHiddenFilesOutExceptBelowWellKnown() throws IOException {
        write(".env", "secret");
        write(".git/config", "secret");
        write("a/.htpasswd", "secret");
        write("a/.well-known/x", "secret");
        write(".well-known/security.txt", "open");
        write(".well-known/.deep/x", "open");

        assertThat(paths(false)).containsExactly(".well-known/security.txt");
        assertThat(paths(true)).hasSize(6).contains(".env", ".git/config");
    }

    @Test
    void refusesMissingDirectory() {
        assertThatThrownBy(() -> StaticRoot.directory(temp.resolve("nowhere")).scan(false))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("does not exist");
    }

    @Test
    void refusesFileAsDirectory() throws IOException {
        write("a.txt", "a");
        assertThatThrownBy(() -> StaticRoot.directory(web.resolve("a.txt")).scan(false))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        write("real/a.txt", "a");
        Files.createSymbolicLink(web.resolve("link.txt"), Path.of("real/a.txt"));
        Files.createSymbolicLink(web.resolve("linked"), web.resolve("real"));

        assertThat(paths(false)).containsExactly("link.txt", "linked/a.txt", "real/a.txt");
        SourceFile link = StaticRoot.directory(web).scan(false).get(0);
        assertThat(link.size()).isEqualTo(1);
        assertThat(link.read()).asString().isEqualTo("a");
    }

    @Test
    void followsRootThatIsItselfALink() throws IOException {
        write("a.txt", "a");
        Path link = Files.createSymbolicLink(temp.resolve("link"), web);
        assertThat(StaticRoot.directory(link).scan(false))
                .extracting(SourceFile::path)
                .containsExactly("a.txt");
    }

    @Test
    void refusesLinksThatLeadOutside() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("web2"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        write("a.txt", "a");
        Files.createSymbolicLink(web.resolve("file.txt"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(web.resolve("relative.txt"), Path.of("../web2/secret.txt"));
        Files.createSymbolicLink(web.resolve("directory"), outside);
        Files.createSymbolicLink(web.resolve("up"), Path.of(".."));

        try (Logged logged = Logged.of(DirectoryRoot.class)) {
            assertThat(paths(false)).containsExactly("a.txt");
            assertThat(logged.lines()).hasSize(4).allMatch(line -> line.startsWith("WARN") && line.contains("outside"));
        }
    }

    @Test
    void warnsOnceOfTheSameLink() throws IOException {
        Files.createSymbolicLink(web.resolve("up"), Path.of(".."));
        StaticRoot root = StaticRoot.directory(web);
        try (Logged logged = Logged.of(DirectoryRoot.class)) {
            root.scan(false);
            root.scan(false);
            assertThat(logged.lines()).hasSize(1);
        }
    }

    @Test
    void survivesLoopsOfLinksAndLinksToNothing() throws IOException {
        write("a/b/file.txt", "x");
        Files.createSymbolicLink(web.resolve("a/b/up"), web.resolve("a"));
        Files.createSymbolicLink(web.resolve("self"), web);
        Files.createSymbolicLink(web.resolve("a/ping"), web.resolve("c"));
        Files.createDirectory(web.resolve("c"));
        Files.createSymbolicLink(web.resolve("c/pong"), web.resolve("a"));
        Files.createSymbolicLink(web.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(web.resolve("two"), Path.of("one"));
        Files.createSymbolicLink(web.resolve("nothing"), Path.of("nowhere"));

        try (Logged logged = Logged.of(DirectoryRoot.class)) {
            assertThat(paths(false)).contains("a/b/file.txt").allMatch(path -> path.endsWith("file.txt"));
            assertThat(logged.lines()).anyMatch(line -> line.contains("nothing"));
        }
    }

    @Test
    void readsVolumesOfKubernetes() throws IOException {
        write("..2026_01_01/index.html", "one");
        write("..2026_01_01/css/a.css", "one");
        Files.createSymbolicLink(web.resolve("..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(web.resolve("index.html"), Path.of("..data/index.html"));
        Files.createSymbolicLink(web.resolve("css"), Path.of("..data/css"));
        StaticRoot root = StaticRoot.directory(web);
        List<SourceFile> first = root.scan(false);
        assertThat(first).extracting(SourceFile::path).containsExactly("css/a.css", "index.html");

        write("..2026_01_02/index.html", "two");
        write("..2026_01_02/css/a.css", "two");
        Files.createSymbolicLink(web.resolve("..next"), Path.of("..2026_01_02"));
        Files.move(web.resolve("..next"), web.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        List<SourceFile> second = root.scan(false);
        assertThat(second).extracting(SourceFile::path).containsExactly("css/a.css", "index.html");
        assertThat(second.get(1).sameAs(first.get(1))).isFalse();
        assertThat(second.get(1).read()).asString().isEqualTo("two");
    }

    @Test
    void tellsUnchangedFromChangedFiles() throws IOException {
        write("a.txt", "a");
        SourceFile first = one();
        assertThat(one().sameAs(first)).isTrue();
        Files.setLastModifiedTime(web.resolve("a.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(one().sameAs(first)).isFalse();
    }

    @Test
    void refusesToReadWhatHasChangedSinceTheScan() throws IOException {
        write("a.txt", "before");
        SourceFile file = one();
        write("a.txt", "something longer");

        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("has changed");
        assertThatThrownBy(() -> file.open(0).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void refusesToReadAnotherFileOfTheSameSizeAndTime() throws IOException {
        write("a.txt", "before");
        SourceFile file = one();
        Path other = Files.writeString(temp.resolve("other.txt"), "after!");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(web.resolve("a.txt")));
        Files.move(other, web.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("has changed");
    }

    @Test
    void refusesToReadLinkPutInThePlaceOfTheFile() throws IOException {
        write("a.txt", "secret");
        FileTime time = Files.getLastModifiedTime(web.resolve("a.txt"));
        SourceFile file = one();
        Path outside = temp.resolve("outside.txt");
        Files.move(web.resolve("a.txt"), outside);
        Files.setLastModifiedTime(outside, time);
        Files.createSymbolicLink(web.resolve("a.txt"), outside);

        assertThatThrownBy(file::read).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.open(0).close()).isInstanceOf(IOException.class);
    }

    @Test
    void readsFromPositionOn() throws IOException {
        write("a.txt", "0123456789");
        try (ReadableByteChannel channel = one().open(7)) {
            ByteBuffer bytes = ByteBuffer.allocate(20);
            while (channel.read(bytes) >= 0) {
                // to the end
            }
            assertThat(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII))
                    .isEqualTo("789");
        }
    }

    @Test
    void leavesOutNamesThatAreNoText() throws IOException {
        write("a\nb.txt", "x");
        write("c\\d.txt", "x");
        write("good.txt", "x");
        try (Logged logged = Logged.of(DirectoryRoot.class)) {
            assertThat(paths(false)).containsExactly("good.txt");
            assertThat(logged.lines()).hasSize(2).noneMatch(line -> line.contains("\n"));
        }
    }

    @Test
    void refusesDirectoriesTooDeep() throws IOException {
        write("d/".repeat(64) + "a.txt", "x");
        assertThat(paths(false)).hasSize(1);
        write("d/".repeat(65) + "a.txt", "x");
        assertThatThrownBy(() -> paths(false)).isInstanceOf(IOException.class).hasMessageContaining("64");
    }

    @Test
    void leavesOutWhatIsNotAFile() throws IOException, InterruptedException {
        Path pipe = web.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        write("a.txt", "a");
        assertThat(paths(false)).containsExactly("a.txt");
    }

    @Test
    void readsAnyFileSystem() throws IOException {
        Path zip = temp.resolve("web.zip");
        SourceFile file;
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.createDirectories(files.getPath("/web/css"));
            Files.writeString(files.getPath("/web/css/a.css"), "a{}");
            Files.writeString(files.getPath("/web/index.html"), "<html>");
        }
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            List<SourceFile> found = StaticRoot.directory(files.getPath("/web")).scan(false);
            assertThat(found).extracting(SourceFile::path).containsExactly("css/a.css", "index.html");
            file = found.get(0);
            assertThat(file.read()).asString().isEqualTo("a{}");
            try (ReadableByteChannel channel = file.open(1)) {
                ByteBuffer bytes = ByteBuffer.allocate(2);
                channel.read(bytes);
                assertThat(bytes.array()).asString().isEqualTo("{}");
            }
        }
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private SourceFile one() throws IOException {
        return StaticRoot.directory(web).scan(false).get(0);
    }

    private List<String> paths(boolean hidden) throws IOException {
        return StaticRoot.directory(web).scan(hidden).stream()
                .map(SourceFile::path)
                .toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = web.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
