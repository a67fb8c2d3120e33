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
