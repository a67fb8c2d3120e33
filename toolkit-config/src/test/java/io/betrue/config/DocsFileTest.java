package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsFileTest {
    @TempDir
    Path folder;

    private byte[] written(String before, String text) throws IOException {
        Path file = folder.resolve("file.md");
        Files.write(file, before.getBytes(StandardCharsets.ISO_8859_1));
        DocsFile.read(file).write(text, true);
        return Files.readAllBytes(file);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void keepsInvalidBytesByteOrderMarkAndMissingLastLineEndOutsideTheMarkers() throws IOException {
        String before = "\u00EF\u00BB\u00BF\u00FF\u00C3 head \u0000\n[envs]: start\nold\n[envs]: end tail \u00FE";

        assertThat(written(before, "é\n"))
                .isEqualTo(
                        bytes(
                                "\u00EF\u00BB\u00BF\u00FF\u00C3 head \u0000\n[envs]: start\n\n\u00C3\u00A9\n\n[envs]: end tail \u00FE"));
    }

    @Test
    void usesTheLineEndsOfTheMarkerLine() throws IOException {
        assertThat(written("a\r\n<!-- [envs]: start -->\r\n<!-- [envs]: end -->\r\nb\n", "x\n"))
                .isEqualTo(bytes("a\r\n<!-- [envs]: start -->\r\n\r\nx\r\n\r\n<!-- [envs]: end -->\r\nb\n"));
    }

    @Test
    void aNewFileGetsTheMarkers() throws IOException {
        Path file = folder.resolve("new.md");

        DocsFile.read(file).write("x\n", true);

        assertThat(file).hasContent("[envs]: start\n\nx\n\n[envs]: end\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no markers",
                "[envs]: start\n",
                "[envs]: end\n",
                "[envs]: end\nx\n[envs]: start\n",
                "[envs]: start x [envs]: end\n",
                "[envs]: start\n[envs]: start\n[envs]: end\n",
                "[envs]: start\n[envs]: end\n[envs]: end\n"
            })
    void refusesMissingReversedAndRepeatedMarkersAndLeavesTheFileAsItIs(String before) throws IOException {
        Path file = folder.resolve("file.md");
        Files.writeString(file, before);

        assertThatThrownBy(() -> DocsFile.read(file).write("x\n", true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("marker");

        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void keepsPermissionsAndWritesThroughSymbolicLinks() throws IOException {
        Path file = folder.resolve("real.md");
        Files.writeString(file, "[envs]: start\n[envs]: end\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.md"), file);

        DocsFile.read(link).write("x\n", true);

        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains("\nx\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void onlyARegularFileIsReplaced() {
        assertThatThrownBy(() -> DocsFile.read(folder))
                .isInstanceOf(Refusal.class)
                .hasMessage("\"" + folder + "\" is not a regular file");
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none").resolve("x.md");

        assertThatThrownBy(() -> DocsFile.read(file).write("x", true))
                .isInstanceOf(Refusal.class)
                .hasMessageEndingWith("the folder " + folder.resolve("none") + " does not exist");
    }

    @Test
    void saysWhatIsWrongWithTheMarkers() {
        assertThatThrownBy(() -> written("[envs]: end\n[envs]: start\n", "x\n"))
                .hasMessageEndingWith("has the marker [envs]: end before [envs]: start");
        assertThatThrownBy(() -> written("[envs]: start [envs]: end\n", "x\n"))
                .hasMessageEndingWith("has both markers in one line");
        assertThatThrownBy(() -> written("[envs]: start\n", "x\n"))
                .hasMessageEndingWith("has no line with the marker [envs]: end");
        assertThatThrownBy(() -> written("[envs]: start\n[envs]: end\n[envs]: end\n", "x\n"))
                .hasMessageEndingWith("has the marker [envs]: end more than once");
    }
}
