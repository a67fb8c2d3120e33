package io.betrue.examples.monolith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The server's programs, unpacked once for a test run instead of once for each folder. */
public final class SharedBinaries {
    private static final Path SHARED = unpack();

    private SharedBinaries() {}

    private static Path unpack() {
        try {
            Path shared = Files.createTempDirectory("monolith-test-binaries-");
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

    /** Puts a link to the programs where a server with this folder looks for them. */
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
