package io.betrue.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of 2.12 or later; apt's programs are scripts here, and each call leaves a line. */
class NewerNatsProgramTest {
    private static final String OLDER = "echo nats-server: v2.9.10";
    private static final String NEWER = "echo nats-server: v2.12.0";
    private static final String UNPACK =
            "mkdir -p \"$3/usr/sbin\" && cp \"$2\" \"$3/usr/sbin/nats-server\" && chmod +x \"$3/usr/sbin/nats-server\"";
    private static final String ARCHIVES =
            "case \"$2\" in --print-uris) echo \"'http://one/debian/dists/a/InRelease' x 0\"; echo \"'http://two/debian/dists/b/InRelease' x 0\";"
                    + " echo \"'http://three/other/dists/b/InRelease' x 0\"; exit 0;; esac; ";
    private static final String NOWHERE = "echo 404 Not Found; exit 100";

    @TempDir
    Path folder;

    private Path bin;
    private Path helper;
    private Path calls;

    @BeforeEach
    void makeFolders() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        helper = folder.resolve("apt-helper");
        calls = Files.createFile(folder.resolve("calls"));
    }

    @Test
    void prefersTheVariableAndRefusesOneThatIsTooOld() throws IOException {
        Path newer = script(folder.resolve("newer"), NEWER);
        Path older = script(folder.resolve("older"), OLDER);

        assertThat(find(Map.of("NATS_SERVER_SCHEDULES", newer.toString()))).isEqualTo(newer);
        assertThatThrownBy(() -> find(Map.of("NATS_SERVER_SCHEDULES", older.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NATS_SERVER_SCHEDULES names " + older)
                .hasMessageContaining("2.12 or later");
    }

    @Test
    void takesWhatTheMachineHasOnlyWhereThatIsNewEnough() throws IOException {
        apt("echo package > \"$5\"", NOWHERE);
        Path onPath = script(bin.resolve("nats-server"), NEWER);
        assertThat(find(Map.of("PATH", bin.toString()))).isEqualTo(onPath);

        script(bin.resolve("nats-server"), OLDER);
        assertThat(find(Map.of("PATH", bin.toString())))
                .isEqualTo(folder.resolve("nats-server-schedules/usr/sbin/nats-server"));
    }

    @Test
    void asksTheMachinesArchiveForAFileThatIsKnownByItsSum() throws IOException {
        apt("echo package > \"$5\"", NOWHERE);

        find(Map.of("PATH", bin.toString()));

        assertThat(called()).hasSize(3);
        assertThat(called().get(1))
                .contains("http://one/debian/pool/main/n/nats-server/nats-server_" + NewerNatsDownload.VERSION)
                .containsPattern("SHA256:[0-9a-f]{64}$");
    }

    @Test
    void asksTheNextArchiveForAFileThatIsGone() throws IOException {
        apt("case \"$4\" in http://two/*) echo package > \"$5\";; *) echo 404 Not Found; exit 100;; esac", NOWHERE);

        assertThat(find(Map.of("PATH", bin.toString()))).isExecutable();
        assertThat(called()).hasSize(4);
    }

    @Test
    void takesTheNewestOfAllWithListsOfItsOwnWhereTheKnownOneIsNowhere() throws IOException {
        apt(NOWHERE, "case \"$*\" in *download*) echo package > nats-server_9_all.deb;; esac");

        assertThat(find(Map.of("PATH", bin.toString()))).isExecutable();
        assertThat(called()).hasSize(6);
        assertThat(called().get(3)).contains("Dir::State::lists=").endsWith("update");
        assertThat(called().get(4)).contains("Dir::State::lists=").endsWith("download nats-server");
    }

    @Test
    void saysWhatToDoWhereNothingCanBeHad() throws IOException {
        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no apt-get, ")
                .hasMessageContaining("NATS_SERVER_SCHEDULES")
                .hasMessageContaining("dpkg-deb -x");

        apt(NOWHERE, NOWHERE);
        assertThatThrownBy(() -> find(Map.of("PATH", bin.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("`apt-get update` failed with exit code 100 (404 Not Found)")
                .hasMessageContaining("apt-helper download-file http://one/debian/pool")
                .hasMessageContaining("dpkg-deb -x");
    }

    private void apt(String help, String get) throws IOException {
        script(helper, help);
        script(bin.resolve("apt-get"), ARCHIVES + get);
        script(bin.resolve("dpkg-deb"), UNPACK);
    }

    private Path find(Map<String, String> environment) {
        return new NatsProgram(environment, folder.resolve("sbin"), helper, folder.resolve("nats-server"), false)
                .find(NatsRelease.SCHEDULES);
    }

    /** A server tells its version, and leaves no line. */
    private Path script(Path file, String body) throws IOException {
        String line = body.startsWith("echo nats-server") ? "" : "echo \"$@\" >> \"" + calls + "\"\n";
        Files.writeString(file, "#!/bin/sh\nexport PATH=$PATH:/bin:/usr/bin\n" + line + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> called() throws IOException {
        return Files.readAllLines(calls);
    }
}
