package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.config.fixture.ShopConfig;
import io.betrue.config.fixture.ShopMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs an application, and the documentation command, as processes of their own without any library on the class path. */
class ConfigIT {
    private record Result(int status, String out, String err) {}

    @TempDir
    Path folder;

    private Result java(Map<String, String> variables, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                Path.of("target/classes").toAbsolutePath()
                        + java.io.File.pathSeparator
                        + Path.of("target/test-classes").toAbsolutePath()));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void printsTheTablesOfTheReadmeAndExitsWithOneWithoutAStackTrace() throws Exception {
        Files.writeString(folder.resolve(".env"), "# local settings\nHTTP_TIMEOUT=30\nDB_POOL_MIN=20\n");
        Map<String, String> variables = Map.of(
                "PATH",
                "/bin",
                "HTTP_PORT",
                "80a",
                "DB_PASWORD",
                "hunter2",
                "DB_JOURNAL",
                "dsik",
                "GAME_SERVERS",
                "a:1, b");

        Result result = java(variables, ShopMain.class.getName());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("hunter2", "Exception", "\tat ");
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme).contains("```text\n" + result.err() + "```\n");
    }

    @Test
    void startsWhenTheSettingsAreSound() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
        Map<String, String> variables = Map.of(
                "DB_PASSWORD_FILE",
                password.toString(),
                "DB_JOURNAL",
                "Disk",
                "GAME_SERVERS",
                "a:1",
                "HTTP_PORT",
                "81");

        Result result = java(variables, ShopMain.class.getName());

        assertThat(result).isEqualTo(new Result(0, "started on port 81\n", ""));
    }

    @Test
    void namesTheCoordinatesOfTheYamlParserThatIsMissing() throws Exception {
        Files.writeString(folder.resolve("c.yaml"), "http: {port: 1}\n");

        Result result = java(Map.of(), ShopMain.class.getName(), "c.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("add org.snakeyaml:snakeyaml-engine:3.2", "DB_PASSWORD", "c.yaml");
    }

    @Test
    void documentsChecksAndRefusesAsACommand() throws Exception {
        String[] write = {
            "io.betrue.config.ConfigDocs", ShopConfig.class.getName(), "--format", "markdown", "--out", "e.md"
        };
        String[] check = java.util.Arrays.copyOf(write, 7);
        check[6] = "--check";

        assertThat(java(Map.of("HTTP_PORT", "nonsense"), check).status()).isEqualTo(1);
        assertThat(java(Map.of("HTTP_PORT", "nonsense"), write)).isEqualTo(new Result(0, "", ""));
        assertThat(java(Map.of(), check)).isEqualTo(new Result(0, "", ""));
        Path file = folder.resolve("e.md");
        Files.writeString(file, Files.readString(file).replace("8080", "80"));
        Result drift = java(Map.of(), check);
        assertThat(drift.status()).isEqualTo(1);
        assertThat(drift.out()).contains("-", "+", "8080");
        assertThat(java(Map.of(), "io.betrue.config.ConfigDocs", "--help").out())
                .startsWith("Usage: ");
        assertThat(java(Map.of(), "io.betrue.config.ConfigDocs", "--nonsense").status())
                .isEqualTo(2);
    }
}
