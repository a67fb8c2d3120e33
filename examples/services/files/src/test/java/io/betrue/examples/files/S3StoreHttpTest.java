package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store beside a server that checks signatures. */
class S3StoreHttpTest extends FileStoreContract {
    private static final UUID ID = UUID.randomUUID();

    @TempDir
    Path spool;

    private S3Server server;
    private S3Store store;

    @BeforeEach
    void start() throws IOException {
        server = new S3Server();
        store = new S3Store(server.options(), spool);
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Override
    FileStore store() {
        return store;
    }

    @Override
    int left() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return server.objects() + (int) files.count();
        }
    }

    private static void write(FileStore where) throws IOException {
        where.write(ID, new ByteArrayInputStream(Samples.png(500_000)), 500_000);
    }

    private static byte[] read(FileStore where) throws IOException {
        try (InputStream stream = where.read(ID)) {
            return stream.readAllBytes();
        }
    }

    private S3Options with(S3Keys keys, String bucket, Duration timeout) {
        return new S3Options(server.options().endpoint(), S3Server.REGION, bucket, keys, timeout);
    }

    @Test
    void keepsOneObjectForAFileAndNothingOnTheOwnDisk() throws IOException {
        write(store);
        assertThat(server.objects()).isEqualTo(1);
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void triesAgainWithAllBytes() throws IOException {
        server.fail(S3Server.Fault.SLOW_DOWN, S3Server.Fault.ERROR);
        write(store);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(read(store)).isEqualTo(Samples.png(500_000));
    }

    @Test
    void givesUpAfterThreeTries() {
        server.fail(S3Server.Fault.ERROR, S3Server.Fault.ERROR, S3Server.Fault.ERROR);
        assertThatThrownBy(() -> write(store)).isInstanceOf(IOException.class).hasMessageContaining(S3Server.BUCKET);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(server.objects()).isZero();
    }

    @Test
    void knowsAStoreThatIsFull() {
        server.fail(S3Server.Fault.FULL, S3Server.Fault.FULL, S3Server.Fault.FULL);
        assertThatThrownBy(() -> write(store)).isInstanceOf(StorageFullException.class);
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        server.fail(S3Server.Fault.SILENCE, S3Server.Fault.SILENCE, S3Server.Fault.SILENCE, S3Server.Fault.SILENCE);
        try (S3Store hasty = new S3Store(with(S3Server.KEYS, S3Server.BUCKET, Duration.ofSeconds(1)), spool)) {
            assertThatThrownBy(() -> write(hasty)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> read(hasty))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void tellsThatAnObjectEndsTooEarly() throws IOException {
        write(store);
        server.fail(S3Server.Fault.HALF);
        assertThatThrownBy(() -> read(store)).isInstanceOf(IOException.class);
    }

    @Test
    void readsAnObjectWhoseLengthIsNotSaid() throws IOException {
        write(store);
        server.fail(S3Server.Fault.CHUNKS, S3Server.Fault.CHUNKS);
        assertThat(read(store)).isEqualTo(Samples.png(500_000));
        try (InputStream stream = store.read(ID)) {
            assertThat(stream.readNBytes(100)).hasSize(100); // whoever stops in the middle does no harm
        }
        assertThat(read(store)).hasSize(500_000);
    }

    @Test
    void isRefusedWithoutTheSecret() {
        S3Keys wrong = new S3Keys(S3Server.KEYS.id(), "another secret");
        try (S3Store stranger = new S3Store(with(wrong, S3Server.BUCKET, Duration.ofSeconds(20)), spool)) {
            assertThatThrownBy(() -> write(stranger))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SignatureDoesNotMatch")
                    .hasMessageNotContaining("another secret");
        }
        assertThat(server.objects()).isZero();
    }

    @Test
    void doesNotTakeAMissingBucketForAMissingFile() {
        try (S3Store lost = new S3Store(with(S3Server.KEYS, "elsewhere", Duration.ofSeconds(20)), spool)) {
            assertThatThrownBy(() -> read(lost))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void tellsThatNobodyIsThere() {
        S3Options nowhere = server.options();
        server.close();
        try (S3Store alone = new S3Store(nowhere, spool)) {
            assertThatThrownBy(() -> alone.delete(ID)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void showsNoSecret() {
        assertThat(server.options().toString()).contains(S3Server.BUCKET).doesNotContain(S3Server.KEYS.secret());
        assertThatThrownBy(
                        () -> new S3Options(URI.create("s3://bucket"), "r", "b", S3Server.KEYS, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
