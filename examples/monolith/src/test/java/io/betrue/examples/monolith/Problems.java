package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** What a refusal must look like. */
final class Problems {
    private Problems() {}

    static JsonNode assertProblem(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = User.json(response);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("traceId").asText()).matches("[0-9a-f]{32}");
        return problem;
    }

    static void assertInvalid(HttpResponse<String> response, String pointer) throws Exception {
        JsonNode problem = assertProblem(response, 422, "VALIDATION_FAILED");
        assertThat(problem.get("errors").findValuesAsText("pointer"))
                .as(response.body())
                .contains(pointer);
    }
}
