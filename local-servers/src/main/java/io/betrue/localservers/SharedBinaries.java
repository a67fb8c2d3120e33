package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** PostgreSQL's programs, unpacked once for a process that has servers in many folders, as a test run. Safe for use by multiple threads. */
public final class SharedBinaries {
    private static final Path SHARED = unpack();

    private SharedBinaries() {}

    private static Path unpack() {
        try {
            Path shared = Files.createTempDirectory("betrue-postgres-binaries-");
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(shared)));
            PostgresBinaries.unpackInto(shared);
            return shared;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path shared) {
        try {
            DataFolder.deleteTree(shared);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Puts a link to the programs where a server with this folder looks for them. The programs are deleted when this process ends.
     *
     * @param folder the server's; created where it is missing
     * @throws IOException if the folder cannot be written to
     */
    public static void linkInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> unpacked = Files.list(SHARED)) {
            for (Path binaries : unpacked.toList()) {
                Path link = folder.resolve(binaries.getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, binaries);
                }
            }
        }
    }
}
