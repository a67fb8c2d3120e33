package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class FileStoreContract {
    private final UUID id = UUID.randomUUID();

    abstract FileStore store();

    /** {@return of how many files, whole or half, the store still has something} */
    abstract int left() throws IOException;

    private void write(UUID where, byte[] bytes) throws IOException {
        store().write(where, new ByteArrayInputStream(bytes), bytes.length);
    }

    private byte[] read(UUID where) throws IOException {
        try (InputStream stream = store().read(where)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 3_000_000}) {
            UUID where = UUID.randomUUID();
            write(where, Samples.png(size));
            assertThat(read(where)).isEqualTo(Samples.png(size));
        }
    }

    @Test
    void keepsFilesApart() throws IOException {
        UUID other = UUID.randomUUID();
        write(id, Samples.PNG);
        write(other, Samples.TEXT);
        assertThat(read(id)).isEqualTo(Samples.PNG);
        assertThat(read(other)).isEqualTo(Samples.TEXT);
    }

    @Test
    void forgetsWhatIsDeleted() throws IOException {
        write(id, Samples.PNG);
        store().delete(id);
        assertThatThrownBy(() -> read(id)).isInstanceOf(NoSuchFileException.class);
        assertThat(left()).isZero();
        assertThatCode(() -> store().delete(id)).as("once more").doesNotThrowAnyException();
    }

    @Test
    void hasNothingUnderOtherIds() {
        assertThatThrownBy(() -> read(id)).isInstanceOf(NoSuchFileException.class);
        assertThatCode(() -> store().delete(id)).doesNotThrowAnyException();
    }

    @Test
    void keepsNothingOfWhatBreaksOff() throws IOException {
        InputStream breaking = new Streams.Acting(Samples.png(300_000), 200_000, () -> {
            throw new IllegalStateException("broken off");
        });
        assertThatThrownBy(() -> store().write(id, breaking, 300_000)).hasMessage("broken off");
        assertThatThrownBy(() -> read(id)).isInstanceOf(NoSuchFileException.class);
        assertThat(left()).isZero();
    }

    @Test
    void readersMayStopInTheMiddle() throws IOException {
        write(id, Samples.png(3_000_000));
        try (InputStream stream = store().read(id)) {
            assertThat(stream.readNBytes(10)).isEqualTo(Samples.head(Samples.png(10)));
        }
        assertThat(read(id)).hasSize(3_000_000);
    }
}
