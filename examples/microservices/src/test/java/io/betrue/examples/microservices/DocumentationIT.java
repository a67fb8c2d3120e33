package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the example's pages say is what the packaged program does. */
class DocumentationIT {
    @ParameterizedTest
    @ValueSource(strings = {"all", "gateway", "accounts", "ledger", "chat", "files", "jobs", "migrate"})
    void pageOfSettingsIsUpToDate(String role) throws Exception {
        succeeds("config-docs", role, "--format", "markdown", "--out", "docs/envs/" + role + ".md", "--check");
    }

    /** So that whoever calls the one can call the other. */
    @Test
    void theGatewaysDocumentIsThatOfTheMonolith() throws Exception {
        succeeds("openapi", "--out", "../monolith/docs/openapi.json", "--check");
    }

    private static void succeeds(String... command) throws Exception {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/microservices.jar"));
        java.addAll(List.of(command));
        Process check = new ProcessBuilder(java).redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(output).isZero();
    }
}
