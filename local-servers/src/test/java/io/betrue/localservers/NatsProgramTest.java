package io.betrue.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the distribution are scripts here: what they are asked for counts, and each call leaves a line. */
class NatsProgramTest {
    private static final String DOWNLOAD = "echo package > nats-server_2_all.deb";
    private static final String UNPACK =
            "mkdir -p \"$3/usr/sbin\" && echo '#!/bin/sh' > \"$3/usr/sbin/nats-server\" && chmod +x \"$3/usr/sbin/nats-server\"";

    @TempDir
    Path folder;

    private Path bin;
    private Path sbin;
    private Path cache;
    private Path calls;

    @BeforeEach
    void makeFolders() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        sbin = Files.createDirectory(folder.resolve("sbin"));
        cache = folder.resolve("home/cache/nats-server");
        calls = Files.createFile(folder.resolve("calls"));
    }

    @Test
    void prefersTheVariable() throws IOException {
        Path given = script(folder, "mine", "");
        script(bin, "nats-server", "");

        assertThat(find(Map.of("NATS_SERVER", given.toString(), "PATH", bin.toString()), false))
                .isEqualTo(given);
    }

    @Test
    void refusesAVariableThatNamesNoProgram() throws IOException {
        script(bin, "nats-server", "");

        assertThatThrownBy(() -> find(Map.of("NATS_SERVER", folder.toString(), "PATH", bin.toString()), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NATS_SERVER names " + folder);
    }

    @Test
    void looksOnThePathAndThenWhereDebianPutsIt() throws IOException {
        Path installed = script(sbin, "nats-server", "");
        assertThat(find(Map.of("PATH", bin + ":" + folder), false)).isEqualTo(installed);

        Path onPath = script(bin, "nats-server", "");
        assertThat(find(Map.of("NATS_SERVER", "", "PATH", ":" + folder + ":" + bin), false))
                .isEqualTo(onPath);
    }

    @Test
    void fetchesThePackageOnce() throws IOException {
        script(bin, "apt-get", DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK);

        Path first = find(Map.of("PATH", bin.toString()), false);
        Path second = find(Map.of("PATH", bin.toString()), false);

        assertThat(first).isEqualTo(second).isEqualTo(cache.resolve("usr/sbin/nats-server"));
        assertThat(called()).hasSize(2).contains("apt-get download nats-server");
        assertThat(leftBeside(cache)).containsExactly("nats-server", "nats-server.lock");
    }

    @Test
    void fetchesOnceForManyThreads() throws Exception {
        script(bin, "apt-get", DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK);
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Path> find = () -> {
                together.await(30, TimeUnit.SECONDS);
                return find(Map.of("PATH", bin.toString()), false);
            };
            for (Future<Path> found : pool.invokeAll(Collections.nCopies(threads, find))) {
                assertThat(found.get()).isExecutable();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(called()).hasSize(2);
    }

    @Test
    void replacesACacheThatIsNotWhole() throws IOException {
        script(bin, "apt-get", DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK);
        Files.createDirectories(cache.resolve("usr/share"));
        Files.writeString(cache.resolve("usr/share/rest"), "of another time");

        assertThat(find(Map.of("PATH", bin.toString()), false)).isExecutable();
        assertThat(cache.resolve("usr/share")).doesNotExist();
    }

    @Test
    void refreshesTheListsOfPackagesAsRootAlone() throws IOException {
        script(
                bin,
                "apt-get",
                "if [ \"$1\" = update ]; then touch \"" + folder + "/lists\"; exit 0; fi\n"
                        + "[ -e \"" + folder + "/lists\" ] || { echo 'E: Unable to locate package'; exit 100; }\n"
                        + DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK);

        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString()), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 100 (E: Unable to locate package)");
        assertThat(called()).containsExactly("apt-get download nats-server");

        assertThat(find(Map.of("PATH", bin.toString()), true)).isExecutable();
        assertThat(called()).contains("apt-get update").hasSize(5);
    }

    @Test
    void saysWhatToInstall() throws IOException {
        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString()), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no apt-get and dpkg-deb")
                .hasMessageContaining("sudo apt-get install nats-server")
                .hasMessageContaining("systemctl disable")
                .hasMessageContaining("NATS_SERVER");

        script(bin, "apt-get", "echo 'E: no network'; exit 100");
        script(bin, "dpkg-deb", UNPACK);
        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString()), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("`apt-get update` failed with exit code 100 (E: no network)")
                .hasMessageContaining("sudo apt-get install nats-server");
        assertThat(called()).as("tried once").hasSize(2);
    }

    @Test
    void leavesNothingOfAPackageThatCannotBeUnpacked() throws IOException {
        script(bin, "apt-get", DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK + "; echo 'disk full'; exit 2");

        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString()), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("`dpkg-deb -x` failed with exit code 2 (disk full)");
        assertThat(leftBeside(cache)).containsExactly("nats-server.lock");
    }

    @Test
    void saysWhereNothingCanBeUnpacked() throws IOException {
        script(bin, "apt-get", DOWNLOAD);
        script(bin, "dpkg-deb", UNPACK);
        Files.writeString(folder.resolve("home"), "a file where the folder should be");

        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString()), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be unpacked to " + cache)
                .hasMessageContaining("sudo apt-get install nats-server");
    }

    private Path find(Map<String, String> environment, boolean root) {
        return new NatsProgram(environment, sbin, folder.resolve("helper"), cache, root).find(NatsRelease.USUAL);
    }

    private Path script(Path where, String name, String body) throws IOException {
        Path script = where.resolve(name);
        Files.writeString(script, "#!/bin/sh\necho " + name + " \"$@\" >> \"" + calls + "\"\n" + body + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> called() throws IOException {
        return Files.readAllLines(calls);
    }

    private static List<String> leftBeside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
