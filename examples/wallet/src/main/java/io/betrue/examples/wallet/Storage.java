package io.betrue.examples.wallet;

import io.betrue.examples.files.DiskStore;
import io.betrue.examples.files.FileStore;
import io.betrue.examples.files.S3Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the bytes of files are, as the settings say. Safe for use by multiple threads. */
public final class Storage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private final FileStore store;
    private final @Nullable Path temporary;

    private Storage(FileStore store, @Nullable Path temporary) {
        this.store = store;
        this.temporary = temporary;
    }

    /**
     * Prepares the store; nothing is asked, and no folder made, before the first file.
     *
     * @param dataDir where the folder of the files is unless it is said
     */
    public static Storage of(FilesConfig config, Path dataDir) {
        return new Storage(store(config, config.dir.orElse(dataDir.resolve("files"))), null);
    }

    /** Keeps files until the end, and no longer; those in S3 stay, since others may use them. */
    public static Storage forgotten(FilesConfig config) {
        try {
            Path temporary = Files.createTempDirectory("wallet-files-");
            return new Storage(store(config, temporary), temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileStore store(FilesConfig config, Path folder) {
        return config.store == FilesConfig.Kind.S3
                ? new S3Store(config.s3(), folder)
                : new DiskStore(folder, config.diskFree.bytes());
    }

    /** {@return where bytes are} */
    public FileStore files() {
        return store;
    }

    @Override
    public void close() {
        if (store instanceof S3Store remote) {
            remote.close();
        }
        if (temporary != null && Files.exists(temporary)) {
            try (Stream<Path> all = Files.walk(temporary)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                LOG.warn("the folder {} cannot be removed: {}", temporary, e.toString());
            }
        }
    }
}
