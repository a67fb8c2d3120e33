package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertInvalid;
import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, walked over HTTP against the packaged application. */
class MonolithIT {
    @TempDir
    static Path directory;

    private static MonolithProcess monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(directory, Map.of());
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    @Test
    void registersAndSignsIn() throws Exception {
        HttpResponse<String> registered = monolith.post("accounts/register", User.address("ada@example.org"));
        assertThat(registered.statusCode()).isEqualTo(200);
        assertThat(registered.body()).isEqualTo("{}");
        HttpResponse<String> opened = User.confirm(monolith, "ada@example.org", "any");
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(User.json(opened).get("refreshToken").asText()).isNotEmpty();
        HttpResponse<String> signedIn =
                monolith.post("accounts/sign-in", User.credentials("ada@example.org", User.PASSWORD));
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(Instant.parse(User.json(signedIn).get("expiresAt").asText())).isAfter(Instant.now());
        assertProblem(User.confirm(monolith, "ADA@example.org", "any"), 422, "INVALID_CODE");
    }

    @Test
    void refusesBadRegistration() throws Exception {
        assertInvalid(monolith.post("accounts/register", User.address("nobody")), "/email");
        assertInvalid(monolith.post("accounts/register", "{}"), "/email");
        assertInvalid(User.confirm(monolith, "nobody", "any"), "/email");
        String weak = "{\"email\": \"short@example.org\", \"code\": \"any\", \"password\": \"x\"}";
        assertInvalid(monolith.post("accounts/confirm", weak), "/password");
        HttpResponse<String> empty = monolith.post("accounts/confirm", "{}");
        assertInvalid(empty, "/email");
        assertInvalid(empty, "/code");
        assertInvalid(empty, "/password");
    }

    @Test
    void saysTheSameForWrongPasswordAndUnknownUserAndSlowsDown() throws Exception {
        User user = User.registered(monolith);
        for (String email : new String[] {user.email(), "nobody@example.org"}) {
            for (int failure = 0; failure < 5; failure++) {
                JsonNode problem = assertProblem(
                        monolith.post("accounts/sign-in", User.credentials(email, "wrong password")),
                        401,
                        "INVALID_CREDENTIALS");
                assertThat(problem.get("detail").asText()).isEqualTo("The e-mail address or the password is wrong.");
            }
            HttpResponse<String> slowed = monolith.post("accounts/sign-in", User.credentials(email, User.PASSWORD));
            assertProblem(slowed, 429, "RATE_LIMITED");
            assertThat(slowed.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
        }
    }

    @Test
    void listsCurrencies() throws Exception {
        JsonNode currencies =
                User.registered(monolith).ask("ledger/currencies", "{}").get("currencies");
        assertThat(currencies.findValuesAsText("code")).contains("BTC", "EUR", "JPY", "USD");
        currencies.forEach(currency -> assertThat(currency.get("name").asText()).isNotBlank());
    }

    @Test
    void movesMoneyAndTellsAboutIt() throws Exception {
        User user = User.registered(monolith);
        assertThat(user.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"10.5\"}")
                        .toString())
                .isEqualTo("{\"currency\":\"EUR\",\"balance\":\"10.50\"}");
        assertThat(user.ask("ledger/withdraw", "{\"currency\": \"EUR\", \"amount\": \"0.50\"}")
                        .toString())
                .isEqualTo("{\"currency\":\"EUR\",\"balance\":\"10.00\"}");
        assertThat(user.ask("ledger/balance", "{}").toString())
                .isEqualTo("{\"balances\":[{\"currency\":\"EUR\",\"balance\":\"10.00\"}]}");
        JsonNode history = user.ask("ledger/history", "{\"currency\": \"EUR\"}");
        assertThat(history.get("entries").findValuesAsText("type")).containsExactly("withdrawal", "deposit");
        assertThat(history.get("entries").get(0).get("reference").isNull()).isTrue();
        assertThat(history.has("next")).isFalse();
        JsonNode page = user.ask("ledger/history", "{\"currency\": \"EUR\", \"limit\": 1}");
        JsonNode rest = user.ask(
                "ledger/history",
                "{\"currency\": \"EUR\", \"cursor\": \"" + page.get("next").asText() + "\"}");
        assertThat(rest.get("entries").findValuesAsText("type")).containsExactly("deposit");
    }

    @Test
    void refusesToOverdrawAndUnknownCurrencies() throws Exception {
        User user = User.registered(monolith);
        assertProblem(
                user.post("ledger/withdraw", "{\"currency\": \"JPY\", \"amount\": \"1\"}"), 409, "INSUFFICIENT_FUNDS");
        assertProblem(
                user.post("ledger/deposit", "{\"currency\": \"XXX\", \"amount\": \"1\"}"), 422, "UNKNOWN_CURRENCY");
        assertProblem(user.post("ledger/balance", "{\"currency\": \"XXX\"}"), 422, "UNKNOWN_CURRENCY");
    }

    @Test
    void speaksRussianToWhoeverAsksForIt() throws Exception {
        User user = User.registered(monolith);
        HttpResponse<String> refused = monolith.post(
                "ledger/deposit",
                "{\"currency\": \"XXX\", \"amount\": \"1\"}",
                "Authorization",
                "Bearer " + user.token(),
                "Accept-Language",
                "ru");
        assertThat(assertProblem(refused, 422, "UNKNOWN_CURRENCY").get("title").asText())
                .isEqualTo("Неизвестная валюта");
        assertThat(refused.headers().firstValue("Content-Language")).hasValue("ru");
    }

    @Test
    void tellsWhatDoesNotFitInRussianToo() throws Exception {
        HttpResponse<String> refused = monolith.post(
                "accounts/sign-in",
                "{\"email\": 1, \"password\": \"x\", \"name\": \"y\", \"name\": \"z\"}",
                "Accept-Language",
                "ru");
        assertThat(details(assertProblem(refused, 400, "MALFORMED_JSON"))).containsExactly("не должно повторяться");

        HttpResponse<String> unfit = monolith.post(
                "accounts/sign-in", "{\"password\": 1, \"name\": 1}", "Accept-Language", "ru-RU,en;q=0.5");
        assertThat(details(assertProblem(unfit, 422, "VALIDATION_FAILED")))
                .containsExactlyInAnyOrder("обязательное поле", "неизвестное поле", "ожидается: строка");
        assertThat(unfit.headers().firstValue("Content-Language")).hasValue("ru");

        HttpResponse<String> english = monolith.post("accounts/sign-in", "{\"password\": \"long enough\"}");
        assertThat(details(assertProblem(english, 422, "VALIDATION_FAILED"))).containsExactly("is missing");
    }

    private static List<String> details(JsonNode problem) {
        return problem.get("errors").findValuesAsText("detail");
    }

    @Test
    void keepsEachRequestInOneShortLineOfLog() throws Exception {
        String path = "/forged%0d%0aINFO%20forged" + "x".repeat(2000);
        assertProblem(monolith.get(path), 404, "NOT_FOUND");
        monolith.awaitOutput("GET /forged");
        assertThat(monolith.output().lines().filter(line -> line.contains("forged")))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(400).contains(" GET /forged", "x... 404 in "));
    }

    @Test
    void hasOneEffectForOneIdempotencyKey() throws Exception {
        User user = User.registered(monolith);
        String ten = "{\"currency\": \"USD\", \"amount\": \"10\"}";
        HttpResponse<String> first = user.post("ledger/deposit", ten, "key-1");
        HttpResponse<String> again = user.post("ledger/deposit", ten, "key-1");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body()).contains("10.00");
        assertProblem(
                user.post("ledger/deposit", "{\"currency\": \"USD\", \"amount\": \"11\"}", "key-1"), 409, "CONFLICT");
        assertThat(user.post("ledger/deposit", ten, "x".repeat(129)).statusCode())
                .isEqualTo(422);
        assertThat(User.registered(monolith)
                        .post("ledger/deposit", ten, "key-1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void showsNothingOfAnother() throws Exception {
        User rich = User.registered(monolith);
        rich.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"7\"}");
        rich.ask("ledger/deposit", "{\"currency\": \"EUR\", \"amount\": \"7\"}");
        String cursor = rich.ask("ledger/history", "{\"currency\": \"EUR\", \"limit\": 1}")
                .get("next")
                .asText();
        User poor = User.registered(monolith);
        assertThat(poor.ask("ledger/balance", "{}").get("balances")).isEmpty();
        assertProblem(
                poor.post("ledger/withdraw", "{\"currency\": \"EUR\", \"amount\": \"1\"}"), 409, "INSUFFICIENT_FUNDS");
        JsonNode page = poor.ask("ledger/history", "{\"currency\": \"EUR\", \"cursor\": \"" + cursor + "\"}");
        assertThat(page.get("entries")).isEmpty();
    }

    @Test
    void putsTraceIdOfCallerIntoProblemAndLog() throws Exception {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> response =
                monolith.post("ledger/balance", "{}", "traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
        assertThat(assertProblem(response, 401, "UNAUTHENTICATED")
                        .get("traceId")
                        .asText())
                .isEqualTo(traceId);
        monolith.awaitOutput("[" + traceId + "] POST /api/ledger/balance 401 in ");
    }

    @Test
    void writesNoSecretIntoLog() throws Exception {
        User user = User.registered(monolith);
        user.ask("ledger/balance", "{}");
        user.post("ledger/balance", "{\"password\": \"" + User.PASSWORD + "\"}");
        monolith.post("accounts/confirm", "{\"email\": 1, \"password\": \"" + User.PASSWORD + "\"}");
        monolith.post("accounts/confirm?password=" + User.PASSWORD.replace(' ', '+'), "{\"password\"");
        monolith.awaitOutput("ledger/balance done in ");
        monolith.awaitOutput("POST /api/ledger/balance 422 in ");
        assertThat(monolith.output() + monolith.errors())
                .doesNotContain("staple battery", "staple+battery", user.token(), monolith.postgresPassword());
    }
}
