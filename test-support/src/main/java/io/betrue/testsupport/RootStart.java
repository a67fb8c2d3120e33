package io.betrue.testsupport;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts PostgreSQL for root where {@code unshare -U} is not allowed, as in most containers: PostgreSQL refuses to run as
 * root, so each of its programs that the library calls is replaced by a script that gives up root first.
 */
final class RootStart {
    private static final String UNPRIVILEGED = "nobody";
    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl");

    private RootStart() {}

    static boolean isNeeded() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("user.name").equals("root")
                && !LinuxUtils.isUnshareAvailable();
    }

    /**
     * Replaces the programs in each unpacked PostgreSQL; does nothing where that was done. Several processes may do it at
     * once.
     *
     * @return whether there was one
     */
    static boolean wrap(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) {
            return false;
        }
        try (Stream<Path> unpacked = Files.list(binaries)) {
            List<Path> folders = unpacked.map(folder -> folder.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .toList();
            for (Path folder : folders) {
                for (String program : PROGRAMS) {
                    wrapProgram(folder.resolve(program));
                }
            }
            return !folders.isEmpty();
        }
    }

    private static void wrapProgram(Path program) throws IOException {
        Path real = program.resolveSibling(program.getFileName() + ".real");
        if (Files.exists(real)) {
            return;
        }
        Path script = Files.createTempFile(program.getParent(), "script", ".tmp");
        Files.writeString(
                script,
                "#!/bin/sh\nexec setpriv --reuid=" + UNPRIVILEGED + " --regid=$(id -g " + UNPRIVILEGED
                        + ") --clear-groups \"$0.real\" \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = Files.createTempFile(program.getParent(), "real", ".tmp");
        Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, real, StandardCopyOption.ATOMIC_MOVE);
        Files.move(script, program, StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@return a new folder that belongs to the user the server runs as} */
    static Path dataDirectory() {
        try {
            Path folder = Files.createTempDirectory("epg");
            UserPrincipal owner =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED);
            Files.setOwner(folder, owner);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
