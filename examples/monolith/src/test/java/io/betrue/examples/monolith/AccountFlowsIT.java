package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users do with their accounts, over HTTP; their letters are in the log. */
class AccountFlowsIT {
    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(directory, Map.of(), "--ephemeral");
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    /** {@return the code of the only letter with that subject to a user} */
    private static String code(User user, String subject) throws Exception {
        String begin = " to " + user.email() + ": " + subject;
        monolith.awaitOutput(begin);
        Matcher code =
                Pattern.compile(Pattern.quote(begin) + "\\RYour code is (\\S+)").matcher(monolith.output());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static JsonNode session(User user, String password) throws Exception {
        HttpResponse<String> answer = monolith.post("accounts/sign-in", User.credentials(user.email(), password));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return User.json(answer);
    }

    private static HttpResponse<String> refresh(JsonNode session) throws Exception {
        return monolith.post(
                "accounts/refresh",
                "{\"refreshToken\": \"" + session.get("refreshToken").asText() + "\"}");
    }

    private static HttpResponse<String> transfer(String token, User to) throws Exception {
        String body = "{\"to\": \"" + to.ask("accounts/me", "{}").get("userId").asText()
                + "\", \"currency\": \"EUR\", \"amount\": \"4\"}";
        return monolith.post("ledger/transfer", body, "Authorization", "Bearer " + token);
    }

    @Test
    void transfersOnlyAfterConfirmation() throws Exception {
        User ann = User.registered(monolith);
        User bob = User.registered(monolith);
        ann.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"10\"}");
        assertProblem(transfer(ann.token(), bob), 403, "FORBIDDEN");
        assertProblem(ann.post("accounts/find", "{\"email\": \"" + bob.email() + "\"}"), 403, "FORBIDDEN");

        assertProblem(ann.post("accounts/confirm", "{\"code\": \"00000-00000\"}"), 422, "INVALID_CODE");
        String code = code(ann, "Confirm your address");
        String token = ann.ask("accounts/confirm", "{\"code\": \"" + code + "\"}")
                .get("token")
                .asText();

        assertThat(transfer(token, bob).body()).isEqualTo("{\"currency\":\"EUR\",\"balance\":\"6.00\"}");
        JsonNode entry = bob.ask("ledger/history", "{\"currency\": \"EUR\"}").at("/entries/0");
        assertThat(entry.get("type").asText()).isEqualTo("transfer-in");
        assertThat(entry.get("counterparty"))
                .isEqualTo(ann.ask("accounts/me", "{}").get("userId"));
        String stranger =
                "{\"to\": \"00000000-0000-4000-8000-000000000000\", \"currency\": \"EUR\", \"amount\": \"1\"}";
        assertProblem(
                monolith.post("ledger/transfer", stranger, "Authorization", "Bearer " + token),
                422,
                "UNKNOWN_RECEIVER");
    }

    @Test
    void renewsSessionsAndEndsThoseOfAStolenToken() throws Exception {
        User user = User.registered(monolith);
        JsonNode session = session(user, User.PASSWORD);
        JsonNode renewed = User.json(refresh(session));
        assertThat(renewed.get("token").asText())
                .isNotEqualTo(session.get("token").asText());
        assertProblem(refresh(session), 401, "INVALID_SESSION");
        assertProblem(refresh(renewed), 401, "INVALID_SESSION");

        JsonNode last = session(user, User.PASSWORD);
        user.ask("accounts/sign-out-everywhere", "{}");
        assertProblem(refresh(last), 401, "INVALID_SESSION");
    }

    @Test
    void setsANewPasswordByLetter() throws Exception {
        User user = User.registered(monolith);
        for (String email : new String[] {user.email(), "nobody-at-all@example.org"}) {
            HttpResponse<String> answer = monolith.post("accounts/recover", "{\"email\": \"" + email + "\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{}");
        }
        String reset = "{\"email\": \"" + user.email() + "\", \"code\": \"" + code(user, "Set a new password")
                + "\", \"password\": \"another battery\"}";
        assertThat(monolith.post("accounts/reset-password", reset).statusCode()).isEqualTo(200);
        assertProblem(
                monolith.post("accounts/sign-in", User.credentials(user.email(), User.PASSWORD)),
                401,
                "INVALID_CREDENTIALS");
        assertThat(session(user, "another battery").get("token").asText()).isNotEmpty();
        assertThat(monolith.output()).doesNotContain("to nobody-at-all@example.org");
    }

    @Test
    void doesNotKnowCommandsOfServices() throws Exception {
        User user = User.registered(monolith);
        assertProblem(user.post("accounts/user", "{}"), 404, "NOT_FOUND");
    }
}
