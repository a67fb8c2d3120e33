package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the example's pages say is what the packaged application does. */
class DocumentationIT {
    private static final Pattern CURL = Pattern.compile(
            "^curl -sS http://127\\.0\\.0\\.1:8080(\\S+) (.*?)(?=\\ncurl|\\n```)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("-H ['\"](.+?): (.+?)['\"]");
    private static final Pattern BODY = Pattern.compile("-d '(.+?)'");

    @Test
    void everyCurlLineOfTheReadmeSucceeds(@TempDir Path directory) throws Exception {
        List<String> answers = new ArrayList<>();
        Map<String, String> settings = Map.of("ACCOUNTS_CONFIRMATION", "required");
        try (MonolithProcess monolith = MonolithProcess.start(directory, settings, "--ephemeral")) {
            String token = "";
            Matcher curl = CURL.matcher(Files.readString(Path.of("README.md")));
            while (curl.find()) {
                String code = curl.group(2).contains("$CODE") ? code(monolith) : "";
                String arguments = curl.group(2).replace("$TOKEN", token).replace("'$CODE'", code);
                HttpResponse<String> response = monolith.send(request(arguments), curl.group(1));
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                answers.add(response.body());
                JsonNode answer = User.json(response);
                token = answer.has("token") ? answer.get("token").asText() : token;
            }
        }
        assertThat(answers).hasSize(7);
        assertThat(answers.get(4)).contains("10.00");
    }

    private static String code(MonolithProcess monolith) {
        monolith.awaitOutput("Your code is ");
        Matcher code = Pattern.compile("Your code is (\\S+)").matcher(monolith.output());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static HttpRequest.Builder request(String arguments) {
        Matcher body = BODY.matcher(arguments);
        assertThat(body.find()).as(arguments).isTrue();
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.ofString(body.group(1)));
        Matcher header = HEADER.matcher(arguments);
        while (header.find()) {
            request.header(header.group(1), header.group(2));
        }
        return request;
    }

    @Test
    void pageOfSettingsIsUpToDate() throws Exception {
        checks("config-docs", "--format", "markdown", "--out", "docs/envs.md", "--check");
    }

    @Test
    void openApiDocumentIsUpToDate() throws Exception {
        checks("openapi", "--out", "docs/openapi.json", "--check");
    }

    private static void checks(String... command) throws Exception {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/monolith.jar"));
        java.addAll(List.of(command));
        Process check = new ProcessBuilder(java).redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(output).isZero();
    }
}
