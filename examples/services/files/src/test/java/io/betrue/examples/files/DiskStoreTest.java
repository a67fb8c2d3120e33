package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest extends FileStoreContract {
    private static final UUID ID = UUID.fromString("a1b2c3d4-0000-4000-8000-000000000001");

    @TempDir
    Path directory;

    private Path root() {
        return directory.resolve("data/files");
    }

    @Override
    FileStore store() {
        return new DiskStore(root(), 0);
    }

    @Override
    int left() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return (int) all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void spreadsFilesOverFolders() throws IOException {
        store().write(ID, new ByteArrayInputStream(Samples.PNG), 1_000);
        assertThat(root().resolve("a1/b2").resolve(ID.toString())).hasBinaryContent(Samples.PNG);
    }

    @Test
    void isForTheUserOfTheProcessAlone() throws IOException {
        store().write(ID, new ByteArrayInputStream(Samples.PNG), 1_000);
        assertThat(Files.getPosixFilePermissions(root().resolve("a1/b2").resolve(ID.toString())))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(root())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void nothingCanBeReadBeforeAllIsThere() throws IOException {
        InputStream looking = new Streams.Acting(Samples.png(200_000), 100_000, () -> {
            assertThatThrownBy(() -> store().read(ID)).isInstanceOf(NoSuchFileException.class);
            assertThat(root().resolve("incoming").resolve(ID.toString())).exists();
        });
        store().write(ID, looking, 200_000);
        assertThat(left()).isEqualTo(1);
        try (InputStream stream = store().read(ID)) {
            assertThat(stream.readAllBytes()).hasSize(200_000);
        }
    }

    @Test
    void deletesWhatADeadProcessHasLeft() throws IOException {
        store().write(UUID.randomUUID(), new ByteArrayInputStream(Samples.PNG), 1_000);
        Path half = root().resolve("incoming").resolve(ID.toString());
        Files.write(half, Samples.TEXT);
        store().delete(ID);
        assertThat(half).doesNotExist();
    }

    @Test
    void refusesWhatWouldNotLeaveEnoughRoom() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        FileStore nearlyFull = new DiskStore(root(), free / 2);
        assertThatThrownBy(() -> nearlyFull.write(ID, new ByteArrayInputStream(Samples.PNG), free))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining(root().toString());
        assertThat(left()).isZero();
        nearlyFull.write(ID, new ByteArrayInputStream(Samples.PNG), 1_000);
    }

    @Test
    void namesADiskThatBecomesFullMeanwhile() throws IOException {
        IOException full = new IOException("No space left on device");
        assertThat(DiskSpace.named(directory, full))
                .isInstanceOf(StorageFullException.class)
                .hasCause(full);
        IOException other = new IOException("Input/output error");
        assertThat(DiskSpace.named(directory, other)).isSameAs(other);
    }
}
