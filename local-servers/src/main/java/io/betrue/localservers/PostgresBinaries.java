package io.betrue.localservers;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked from the class path into a folder. */
final class PostgresBinaries {
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "arm_64", "arm64", "arm_64");

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Unpacks the programs for this machine, once for each version of them.
     *
     * @throws EmbeddedPostgresException if there are none for this machine
     */
    static PostgresBinaries unpackInto(Path folder) throws IOException {
        String archive = archiveFor(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path home = folder.resolve("binaries-" + digestOf(archive));
        if (!Files.exists(home)) {
            Path fresh = folder.resolve("binaries.unpacking");
            DataFolder.deleteTree(fresh); // of a process that died half-way
            try (InputStream packed = open(archive)) {
                unpack(packed, fresh);
            }
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(home);
    }

    static String archiveFor(String system, String machine) {
        String lower = system.toLowerCase(Locale.ROOT);
        String os = lower.startsWith("mac") ? "darwin" : lower;
        String architecture = ARCHITECTURES.getOrDefault(machine.toLowerCase(Locale.ROOT), machine);
        return "postgres-" + os.replace(' ', '-') + "-" + architecture + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (packed == null) {
            throw new EmbeddedPostgresException("there is no embedded PostgreSQL for this machine (" + archive
                    + " is not on the class path); give the address of a server of yours");
        }
        return packed;
    }

    private static String digestOf(String archive) throws IOException {
        try (InputStream packed = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(packed, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return String.format("%064x", new BigInteger(1, digest.digest())).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive has an entry outside of its folder: " + entry.getName());
                }
                unpack(tar, entry, file);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
