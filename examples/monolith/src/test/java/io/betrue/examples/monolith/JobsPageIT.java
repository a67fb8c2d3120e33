package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look at the jobs. */
class JobsPageIT {
    private static final String PASSWORD = "staple battery horse";

    @TempDir
    Path directory;

    @Test
    void isThereForWhoHasThePasswordAlone() throws Exception {
        try (MonolithProcess monolith =
                MonolithProcess.start(directory, Map.of("JOBS_PAGE_PASSWORD", PASSWORD), "--ephemeral")) {
            HttpResponse<String> refusal = monolith.get("/admin/jobs");
            assertProblem(refusal, 401, "UNAUTHENTICATED");
            assertThat(refusal.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Basic ");
            for (String path :
                    new String[] {"/admin/jobs/api/overview", "/admin/jobs/api/jobs", "/admin/jobs/page.js"}) {
                assertThat(monolith.get(path).statusCode()).as(path).isEqualTo(401);
            }
            for (String other : new String[] {"admin:" + PASSWORD + "x", "ada:" + PASSWORD, "admin:", ":"}) {
                assertThat(as(monolith, other, "/admin/jobs").statusCode())
                        .as(other)
                        .isEqualTo(401);
            }
            HttpResponse<String> page = as(monolith, "admin:" + PASSWORD, "/admin/jobs");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .contains("default-src 'self'");
            assertThat(as(monolith, "admin:" + PASSWORD, "/admin/jobs/api/overview")
                            .body())
                    .contains("ledger/reconciliation");
            assertThat(monolith.get("/").body()).contains("href=\"/admin/jobs\"");
        }
    }

    @Test
    void isNotThereWithoutPassword() throws Exception {
        try (MonolithProcess monolith = MonolithProcess.start(directory, Map.of(), "--ephemeral")) {
            assertThat(as(monolith, "admin:", "/admin/jobs").statusCode()).isEqualTo(404);
            assertThat(monolith.get("/").body()).contains("<span id=\"jobs-link\" hidden>", "href=\"\"");
        }
    }

    private static HttpResponse<String> as(MonolithProcess monolith, String credentials, String path) throws Exception {
        String proof = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return monolith.send(HttpRequest.newBuilder().header("Authorization", "Basic " + proof), path);
    }
}
