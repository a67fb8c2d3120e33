package io.betrue.localservers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package of {@code nats-server}, downloaded and unpacked for one user: nothing is installed, no
 * service starts, and no root is needed. Threads and processes may ask at once: one fetches, the others wait for it.
 */
final class NatsPackage {
    private final NatsDownload download;
    private final Path unpack;
    private final Path cache;

    /**
     * @param download brings the package
     * @param unpack dpkg-deb
     * @param cache the folder that holds the unpacked package; it is there as a whole or not at all
     */
    NatsPackage(NatsDownload download, Path unpack, Path cache) {
        this.download = download;
        this.unpack = unpack;
        this.cache = cache;
    }

    /** The package could not be had; the message is a clause that says why. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /** {@return the program, fetched unless it is there} */
    Path program() throws Failure {
        Path program = cache.resolve("usr/sbin/nats-server");
        if (NatsProgram.isProgram(program)) {
            return program;
        }
        // the lock of the file keeps other processes out, and throws where a thread of this one has it
        synchronized (NatsPackage.class) {
            try {
                Files.createDirectories(cache.getParent());
                Path lock = cache.resolveSibling(cache.getFileName() + ".lock");
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    if (held.isValid() && !NatsProgram.isProgram(program)) {
                        fetch();
                    }
                }
            } catch (IOException e) {
                throw new Failure("its package could not be unpacked to " + cache + " (" + e + ")");
            }
        }
        return program;
    }

    private void fetch() throws IOException, Failure {
        Path work = Files.createTempDirectory(cache.getParent(), "nats-server-");
        try {
            download.to(work);
            Path unpacked = work.resolve("unpacked");
            Programs.Outcome result = Programs.run(
                    work,
                    NatsDownload.LIMIT,
                    List.of(unpack.toString(), "-x", downloaded(work).toString(), unpacked.toString()));
            if (!result.succeeded() || !NatsProgram.isProgram(unpacked.resolve("usr/sbin/nats-server"))) {
                throw failed("dpkg-deb -x", result);
            }
            delete(cache);
            Files.move(unpacked, cache, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(work);
        }
    }

    private static Path downloaded(Path work) throws IOException, Failure {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new Failure("apt brought no package"));
        }
    }

    static Failure failed(String command, Programs.Outcome result) {
        return new Failure("`" + command + "` failed with exit code " + result.status() + " (" + result.output() + ")");
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
