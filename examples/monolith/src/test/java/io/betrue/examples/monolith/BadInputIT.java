package io.betrue.examples.monolith;

import static io.betrue.examples.monolith.Problems.assertInvalid;
import static io.betrue.examples.monolith.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.testsupport.ForgedToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input at every door of the packaged application, which stays healthy. */
class BadInputIT {
    private static final String DEPOSIT = "{\"currency\": \"EUR\", \"amount\": \"1\"}";

    private static final byte[] KEY = "a key of thirty-two bytes, exactly".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static MonolithProcess monolith;
    private static User user;

    @BeforeAll
    static void start() throws Exception {
        monolith = MonolithProcess.start(
                directory, Map.of("ACCOUNTS_TOKEN_SECRET", Base64.getEncoder().encodeToString(KEY)), "--ephemeral");
        user = User.registered(monolith);
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    @AfterEach
    void staysHealthy() throws Exception {
        assertThat(monolith.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(user.post("ledger/balance", "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'{'|1|2",
                "'{\"currency\": EUR}'|1|14",
                "'{} {}'|1|4",
                "'{}x'|1|4",
                "'{\"currency\": \"EUR\",}'|1|21",
                "'\u0000'|1|1",
            })
    void refusesWhatIsNotJson(String body, int line, int column) throws Exception {
        JsonNode problem = assertProblem(user.post("ledger/deposit", body), 400, "MALFORMED_JSON");
        assertThat(problem.get("line").asInt()).isEqualTo(line);
        assertThat(problem.get("column").asInt()).isBetween(column - 1, column + 1);
    }

    @Test
    void refusesBytesThatAreNoText() throws Exception {
        byte[] noText = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .POST(BodyPublishers.ofByteArray(noText))
                .header("Content-Type", "application/json");
        assertProblem(monolith.send(request, "/api/accounts/register"), 400, "MALFORMED_JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'null'|''",
                "'[]'|''",
                "'\"EUR\"'|''",
                "'{\"currency\": 1, \"amount\": \"1\"}'|/currency",
                "'{\"currency\": true, \"amount\": \"1\"}'|/currency",
                "'{\"currency\": {}, \"amount\": \"1\"}'|/currency",
                "'{\"currency\": [\"EUR\"], \"amount\": \"1\"}'|/currency",
                "'{\"currency\": \"EUR\", \"amount\": 1}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": 1.5}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": null}'|/amount",
                "'{\"currency\": \"EUR\"}'|/amount",
                "'{\"amount\": \"1\"}'|/currency",
                "'{\"currency\": \"EUR\", \"amount\": \"\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"1e3\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"+1\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"-1\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"0\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"1.001\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"99999999999999999999\"}'|/amount",
                "'{\"currency\": \"EUR\", \"amount\": \"1\", \"userId\": \"x\"}'|/userId",
                "'{\"currency\": \"EUR\", \"amount\": \"1\", \"a/b~c\": \"x\"}'|/a~1b~0c",
                "''|/currency",
            })
    void refusesWhatDoesNotFit(String body, String pointer) throws Exception {
        assertInvalid(user.post("ledger/deposit", body), pointer);
    }

    @Test
    void refusesMembersThatComeTwice() throws Exception {
        HttpResponse<String> response =
                user.post("ledger/deposit", "{\"currency\": \"EUR\", \"currency\": \"USD\", \"amount\": \"1\"}");
        JsonNode problem = assertProblem(response, 400, "MALFORMED_JSON");
        assertThat(problem.get("errors").findValuesAsText("pointer")).containsExactly("/currency");
    }

    @Test
    void saysEverythingThatDoesNotFit() throws Exception {
        HttpResponse<String> refused = user.post("ledger/deposit", "{\"amount\": 1, \"curency\": \"EUR\"}");
        assertInvalid(refused, "/currency");
        assertInvalid(refused, "/amount");
        assertInvalid(refused, "/curency");
    }

    @Test
    void refusesKeyThatIsNone() throws Exception {
        JsonNode problem = assertProblem(user.post("ledger/deposit", DEPOSIT, "no key"), 422, "VALIDATION_FAILED");
        assertThat(problem.get("errors").findValuesAsText("name")).containsExactly("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.5", "\"5\"", "99999999999999999999", "true", "{}"})
    void refusesLimitThatIsNoSmallWholeNumber(String limit) throws Exception {
        assertInvalid(user.post("ledger/history", "{\"currency\": \"EUR\", \"limit\": " + limit + "}"), "/limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"nonsense\"", "\"AAAA\"", "7"})
    void refusesForgedCursor(String cursor) throws Exception {
        assertInvalid(user.post("ledger/history", "{\"currency\": \"EUR\", \"cursor\": " + cursor + "}"), "/cursor");
    }

    @Test
    void refusesDeepAndHugeBodies() throws Exception {
        assertThat(user.post("ledger/deposit", "{\"currency\": " + "[".repeat(30_000))
                        .statusCode())
                .isBetween(400, 422);
        assertThat(user.post("ledger/deposit", "{\"" + "x".repeat(40_000) + "\": 1}")
                        .statusCode())
                .isEqualTo(400);
        assertProblem(
                user.post("ledger/deposit", "{\"currency\": \"" + "x".repeat(70_000) + "\"}"),
                413,
                "PAYLOAD_TOO_LARGE");
        assertProblem(user.post("ledger/deposit", " ".repeat(5_000_000)), 413, "PAYLOAD_TOO_LARGE");
        assertThat(monolith.output()).doesNotContain("Body size greater");
    }

    @Test
    void refusesHugeBodyOfUnknownLength() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(" ".repeat(200_000))))
                .header("Content-Type", "application/json");
        assertProblem(monolith.send(request, "/api/accounts/register"), 413, "PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonp",
                "application/json;charset=utf-16",
                "application/json;charset=nonsense",
                "multipart/form-data;boundary=x",
                "nonsense"
            })
    void refusesOtherMediaTypes(String mediaType) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(DEPOSIT)).header("Content-Type", mediaType);
        assertProblem(
                monolith.send(request.header("Authorization", "Bearer " + user.token()), "/api/ledger/deposit"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void refusesBodyWithoutMediaType() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.ofString(DEPOSIT));
        assertProblem(monolith.send(request, "/api/accounts/register"), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "PURGE"})
    void refusesOtherMethods(String method) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder().method(method, BodyPublishers.noBody());
        HttpResponse<String> response = monolith.send(request, "/api/ledger/deposit");
        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("POST");
    }

    @Test
    void isDeafToMethodOverride() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .GET()
                .header("X-HTTP-Method-Override", "POST")
                .header("Authorization", "Bearer " + user.token());
        assertProblem(monolith.send(request, "/api/ledger/currencies"), 405, "METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/health"})
    void knowsNoOtherPaths(String path) throws Exception {
        assertProblem(monolith.get(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "ledger/nonsense", "LEDGER/deposit", "ledger/deposit.v2"})
    void knowsNoOtherCommands(String code) throws Exception {
        assertProblem(user.post(code, "{}"), 404, "NOT_FOUND");
        assertProblem(monolith.get("/api/" + code), 405, "METHOD_NOT_ALLOWED"); // calls are POST, whatever the command
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic dXNlcjpwYXNz", "bearer null"})
    void refusesWhatIsNoToken(String authorization) throws Exception {
        assertUnauthenticated(monolith.post("ledger/balance", "{}", "Authorization", authorization));
    }

    @Test
    void asksForTokenBeforeItLooksAtInput() throws Exception {
        assertUnauthenticated(monolith.post("ledger/deposit", "{"));
    }

    @Test
    void refusesForgedAndExpiredTokens() throws Exception {
        assertThat(balanceWith(forged(KEY, claims -> {})).statusCode())
                .isEqualTo(200); // whoever has the key can make tokens: the forgeries below are well made
        List<Consumer<ObjectNode>> changes = List.of(
                claims -> claims.put("exp", Instant.now().minusSeconds(60).getEpochSecond()),
                claims -> claims.remove("exp"),
                claims -> claims.put("aud", "somebody else"),
                claims -> claims.put("iss", "somebody else"),
                claims -> claims.put("sub", "admin"),
                claims -> claims.remove("sub"));
        for (Consumer<ObjectNode> change : changes) {
            assertUnauthenticated(balanceWith(forged(KEY, change)));
        }
        assertUnauthenticated(balanceWith(forged(new byte[32], claims -> {})));
        assertUnauthenticated(balanceWith(ForgedToken.unsigned(user.token())));
    }

    private static String forged(byte[] key, Consumer<ObjectNode> change) {
        return ForgedToken.of(user.token(), key, claims -> {
            try {
                ObjectNode changed = (ObjectNode) JSON.readTree(claims.getBytes(StandardCharsets.UTF_8));
                change.accept(changed);
                return changed.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static HttpResponse<String> balanceWith(String token) throws Exception {
        return monolith.post("ledger/balance", "{}", "Authorization", "Bearer " + token);
    }

    @Test
    void setsHeadersThatKeepBrowsersCareful() throws Exception {
        for (HttpResponse<String> response :
                List.of(monolith.get("/health/live"), monolith.get("/nonsense"), user.post("ledger/balance", "{}"))) {
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
        }
    }

    private static void assertUnauthenticated(HttpResponse<String> response) throws Exception {
        assertProblem(response, 401, "UNAUTHENTICATED");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
}
