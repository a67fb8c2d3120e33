package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDocsTest {
    private static final String SHOP = ShopError.class.getName();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return ErrorDocs.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void printsTheTable() {
        assertThat(run(SHOP)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(ErrorCatalogue.of(ShopError.values()).toMarkdown());
    }

    @Test
    void writesTheFileAndThenFindsItUpToDate(@TempDir Path folder) throws IOException {
        String file = folder.resolve("errors.json").toString();

        assertThat(run(SHOP, "--format", "json", "--out", file, "--check")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(file);
        assertThat(Path.of(file)).doesNotExist();
        assertThat(run(SHOP, "--format", "json", "--out", file)).isZero();
        assertThat(Files.readString(Path.of(file)))
                .isEqualTo(ErrorCatalogue.of(ShopError.values()).toJson());
        assertThat(run(SHOP, "--format", "json", "--out", file, "--check")).isZero();
        assertThat(run("--format", "json", "--out", file, "--check")).isEqualTo(1);
    }

    @Test
    void tableIsReplacedBetweenTheMarkersAndAllElseStays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("errors.md");
        byte[] around = {'#', (byte) 0xE4, '\r', '\n'};
        String old = new String(around, StandardCharsets.ISO_8859_1)
                + "<!-- [errors]: start -->\nold\n<!-- [errors]: end -->\ntail";
        Files.writeString(file, old, StandardCharsets.ISO_8859_1);

        assertThat(run("--out", file.toString(), "--check")).isEqualTo(1);
        assertThat(run("--out", file.toString())).isZero();
        assertThat(run("--out", file.toString(), "--check")).isZero();

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo(old.replace("old", "\n" + ErrorCatalogue.of().toMarkdown()));
    }

    @Test
    void newFileGetsMarkers(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("errors.md");
        assertThat(run("--out", file.toString())).isZero();
        assertThat(run("--out", file.toString(), "--check")).isZero();
        assertThat(Files.readString(file))
                .startsWith("[errors]: start\n\n| Code")
                .endsWith("|\n\n[errors]: end\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "precious text",
                "[errors]: start\n",
                "[errors]: end\n",
                "[errors]: end\n[errors]: start\n",
                "[errors]: start [errors]: end\n",
                "[errors]: start\n[errors]: start\n[errors]: end\n"
            })
    void fileWithoutBothMarkersStaysAsItIs(String text, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("errors.md");
        Files.writeString(file, text);

        assertThat(run("--out", file.toString())).isEqualTo(1);
        assertThat(run("--out", file.toString(), "--format", "json")).isEqualTo(1);

        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[errors]: start");
    }

    @Test
    void jsonReplacesNothingButJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "precious text");
        assertThat(run("--out", file.toString(), "--format", "json")).isEqualTo(1);
        assertThat(file).hasContent("precious text");
    }

    @Test
    void fileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
        assertThat(run("--out", folder.resolve("no/such/folder.md").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("folder.md").doesNotContain("\tat ");
    }

    @Test
    void helpExplainsTheOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--format", "--out", "--check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--format",
                "--format yaml",
                "--check",
                "no.such.Class",
                "java.lang.String",
                "java.time.DayOfWeek"
            })
    void wrongArgumentsExit2AndSayWhy(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage:");
    }

    @Test
    void enumGivenTwiceIsRefused() {
        assertThat(run(SHOP, SHOP)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("OUT_OF_STOCK is defined twice");
    }
}
