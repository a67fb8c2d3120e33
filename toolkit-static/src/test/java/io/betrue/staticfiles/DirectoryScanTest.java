package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk through a directory that changes meanwhile. */
@SuppressWarnings("StreamResourceLeak") // the walk closes what it has opened
class DirectoryScanTest {
    @TempDir
    private Path temporary;

    private Path web;
    private final List<String> warned = new ArrayList<>();

    @BeforeEach
    void makeRoot() throws IOException {
        web = Files.createDirectory(temporary.toRealPath().resolve("web"));
    }

    private List<String> paths(DirectoryScan.Lister lister) throws IOException {
        return new DirectoryScan(web, false, (path, reason) -> warned.add(path), lister)
                .files().stream().map(SourceFile::path).toList();
    }

    /** Deletes each directory of a name just before it is listed. */
    private static DirectoryStream<Path> listUnlessGone(Path directory) throws IOException {
        if (directory.getFileName().toString().startsWith("gone")) {
            Files.delete(directory);
        }
        return Files.newDirectoryStream(directory);
    }

    @Test
    void directoriesThatVanishDoNotCountForTheDepthOfOthers() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.createDirectory(web.resolve("gone" + i));
        }
        Path deep = Files.createDirectories(web.resolve("d/".repeat(64)));
        Files.writeString(deep.resolve("a.txt"), "x");

        assertThat(paths(DirectoryScanTest::listUnlessGone)).containsExactly("d/".repeat(64) + "a.txt");
        assertThat(warned).hasSize(100).contains("gone0", "gone99");
    }

    @Test
    void directoryThatWasGoneForAMomentIsNotTakenForOneAroundTheLinksToIt() throws IOException {
        Path inside = Files.createDirectory(web.resolve("inside"));
        Files.writeString(inside.resolve("a.txt"), "x");
        for (int i = 0; i < 5; i++) {
            Files.createSymbolicLink(web.resolve("link" + i), inside);
        }
        AtomicBoolean gone = new AtomicBoolean(true);
        List<String> found = paths(directory -> {
            if (directory.equals(inside) && gone.getAndSet(false)) {
                throw new NoSuchFileException(directory.toString());
            }
            return Files.newDirectoryStream(directory);
        });
        assertThat(warned).as("by the name under which it was listed first").hasSize(1);
        assertThat(found).hasSize(5).allMatch(path -> path.endsWith("/a.txt"));
    }

    @Test
    void directoryThatVanishesWhileItIsListedIsLeftOut() throws IOException {
        Files.createDirectory(web.resolve("gone"));
        Files.writeString(web.resolve("a.txt"), "x");
        assertThat(paths(directory ->
                        directory.endsWith("gone") ? failing(directory) : Files.newDirectoryStream(directory)))
                .containsExactly("a.txt");
        assertThat(warned).containsExactly("gone");
    }

    @Test
    void rootThatVanishesIsAFault() {
        assertThatThrownBy(() -> paths(directory -> {
                    throw new NoSuchFileException(directory.toString());
                }))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static DirectoryStream<Path> failing(Path directory) {
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                throw new DirectoryIteratorException(new NoSuchFileException(directory.toString()));
            }

            @Override
            public void close() {}
        };
    }
}
