package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.testsupport.ForgedToken;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users do with their accounts, over HTTP; their letters are in the log. */
class AccountFlowsIT {
    private static final byte[] KEY = "a key of thirty-two bytes, exactly".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = Map.of(
                "ACCOUNTS_CONFIRMATION",
                "required",
                "ACCOUNTS_LETTER_PAUSE",
                "1s",
                "ACCOUNTS_CALLS_PER_MINUTE",
                "10000",
                "ACCOUNTS_TOKEN_SECRET",
                Base64.getEncoder().encodeToString(KEY));
        monolith = MonolithProcess.start(directory, settings, "--ephemeral");
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    /** {@return the code of the only letter with that subject to an address} */
    private static String code(String email, String subject) {
        String begin = " to " + email + ": " + subject;
        monolith.awaitOutput(begin);
        Matcher code =
                Pattern.compile(Pattern.quote(begin) + "\\RYour code is (\\S+)").matcher(monolith.output());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static User registered() throws Exception {
        return User.registered(monolith, email -> code(email, "Confirm your address"));
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
    void doesNotTellWhoHasAnAccount() throws Exception {
        User ann = registered();
        String free = "nobody-yet@example.org";
        List<String> answers = new ArrayList<>();
        for (String email : List.of(ann.email(), free)) {
            HttpResponse<String> asked = monolith.post("accounts/register", User.address(email));
            answers.add(asked.statusCode() + asked.body());
            HttpResponse<String> refused = User.confirm(monolith, email, "00000-00000");
            assertProblem(refused, 422, "INVALID_CODE");
            answers.add(refused.body().replaceAll("\"(instance|traceId)\":\"[^\"]*\"", ""));
        }
        assertThat(answers.subList(0, 2)).isEqualTo(answers.subList(2, 4)).startsWith("200{}");

        Eventually.holds(
                () -> {
                    assertThat(monolith.post("accounts/register", User.address(ann.email()))
                                    .body())
                            .isEqualTo("{}");
                    return monolith.output().contains(" to " + ann.email() + ": You have an account");
                },
                "a letter to the owner, a second after that of the registration");
        assertThat(session(ann, User.PASSWORD).get("token").asText()).isNotEmpty();
    }

    @Test
    void transfersOnlyWithTheRoleOfAConfirmedAddress() throws Exception {
        User ann = registered();
        User bob = registered();
        ann.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"10\"}");
        String roleless =
                ForgedToken.of(ann.token(), KEY, claims -> claims.replace("\"roles\":[\"confirmed\"]", "\"roles\":[]"));
        assertProblem(transfer(roleless, bob), 403, "FORBIDDEN");
        String[] bearer = {"Authorization", "Bearer " + roleless};
        assertProblem(monolith.post("accounts/find", User.address(bob.email()), bearer), 403, "FORBIDDEN");
        assertThat(monolith.post("accounts/me", "{}", bearer).statusCode()).isEqualTo(200);
        String token = ann.token();

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
        User user = registered();
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
        User user = registered();
        for (String email : new String[] {user.email(), "nobody-at-all@example.org"}) {
            HttpResponse<String> answer = monolith.post("accounts/recover", User.address(email));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{}");
        }
        String reset = "{\"email\": \"" + user.email() + "\", \"code\": \"" + code(user.email(), "Set a new password")
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
        User user = registered();
        assertProblem(user.post("accounts/user", "{}"), 404, "NOT_FOUND");
    }
}
