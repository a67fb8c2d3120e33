package io.betrue.examples.files;

import com.zaxxer.hikari.HikariDataSource;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A process that stops in the middle of an upload, and waits to be killed. */
public final class DyingUpload {
    static final String NOW = "now";

    private DyingUpload() {}

    /** Where it stops. */
    enum Moment {
        /** Half of the bytes have come. */
        HALF,
        /** All bytes are durable, and there is no row yet. */
        DURABLE
    }

    /**
     * Uploads.
     *
     * @param args the database, the folder and the {@link Moment}
     */
    public static void main(String[] args) {
        Path root = Path.of(args[1]);
        Moment moment = Moment.valueOf(args[2]);
        try (HikariDataSource pool = Fixture.pool(args[0])) {
            FileStore disk = new DiskStore(root, 0);
            Commands commands =
                    Fixture.compose(pool, moment == Moment.HALF ? disk : new Stopping(disk), FilesOptions.defaults());
            byte[] picture = Samples.png(2_000_000);
            InputStream bytes = new Streams.Acting(
                    picture, moment == Moment.HALF ? picture.length / 2 : Integer.MAX_VALUE, DyingUpload::stop);
            Fixture.user(commands).upload(Content.of(bytes), "picture", null);
        }
    }

    private static void stop() {
        System.out.println(NOW);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store that keeps what it is given, and then stops. */
    private record Stopping(FileStore disk) implements FileStore {
        @Override
        public void write(UUID id, InputStream content, long most) throws IOException {
            disk.write(id, content, most);
            stop();
        }

        @Override
        public InputStream read(UUID id) throws IOException {
            return disk.read(id);
        }

        @Override
        public void delete(UUID id) throws IOException {
            disk.delete(id);
        }
    }
}
