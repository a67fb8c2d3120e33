package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts JVMs that have this module and jackson-core, and nothing else. */
class WithoutJavalinIT {
    @TempDir
    Path folder;

    @Test
    void everythingButThePluginWorksOnTheClassPath() throws Exception {
        String classPath =
                String.join(File.pathSeparator, where(Problem.class), where(JsonFactory.class), where(CoreTour.class));

        List<String> lines = run("-cp", classPath, CoreTour.class.getName(), where(Problem.class));

        assertThat(lines).hasSize(5);
        assertThat(lines)
                .startsWith("OUT_OF_STOCK", "OUT_OF_STOCK OUT_OF_STOCK", "true")
                .endsWith("false");
        assertThat(lines.get(3)).matches("[2-9][0-9] classes");
    }

    @Test
    void catalogueIsExportedFromTheModulePath() throws Exception {
        String modulePath = String.join(File.pathSeparator, where(Problem.class), where(JsonFactory.class));

        List<String> lines =
                run("-p", modulePath, "-m", "io.betrue.errors/io.betrue.errors.ErrorDocs", "--format", "json");

        assertThat(String.join("\n", lines) + "\n")
                .isEqualTo(ErrorCatalogue.of().toJson());
    }

    private static String where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
