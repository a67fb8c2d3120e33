package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.betrue.errors.Problem;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a JVM that has this module and what its core needs, and neither Javalin nor Jetty, Kotlin or SLF4J. */
class WithoutJavalinIT {
    @TempDir
    Path folder;

    @Test
    void theCoreNeedsNoJavalin() throws Exception {
        String classPath = Stream.of(
                        Schema.class,
                        CoreTour.class,
                        Problem.class,
                        JsonFactory.class,
                        JsonNode.class,
                        JsonProperty.class,
                        org.everit.json.schema.Schema.class,
                        JSONObject.class,
                        Pattern.class)
                .map(WithoutJavalinIT::where)
                .collect(Collectors.joining(File.pathSeparator));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        CoreTour.class.getName(),
                        where(Schema.class))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines).hasSize(4).startsWith("{\"amount\":2}", "/amount", "order");
        assertThat(Integer.parseInt(lines.get(3))).as("classes").isGreaterThan(30);
    }

    private static String where(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
