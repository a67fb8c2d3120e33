package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemParsingTest {
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(ShopError.values());

    private static Problem parse(String json) throws ProblemFormatException {
        return CATALOGUE.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws ProblemFormatException {
        RandomProblems problems = new RandomProblems(20261120);
        for (int i = 0; i < 5_000; i++) {
            Problem problem = problems.next();
            byte[] json = problem.toJson();
            Problem back = CATALOGUE.parse(json);
            assertThat(back).isEqualTo(problem);
            assertThat(back.extensions().keySet())
                    .containsExactlyElementsOf(problem.extensions().keySet());
            assertThat(back.toJson()).isEqualTo(json);
            assertThat(back.code().name()).isEqualTo(problem.code().name());
        }
    }

    @Test
    void anotherCatalogueKeepsTheCodeOfACodeItDoesNotKnow() throws ProblemFormatException {
        Problem problem = ErrorCatalogue.of()
                .parse(ShopError.OUT_OF_STOCK.problem().with("left", 3).build().toJson());

        assertThat(problem.code().name()).isEqualTo("OUT_OF_STOCK");
        assertThat(problem.code().definition()).isEqualTo(ErrorDefinition.of(409, "Out of stock"));
        assertThat(problem.detail()).isEqualTo("Only 3 left.");
        assertThat(problem.toException()).isExactlyInstanceOf(ProblemException.class);
    }

    @Test
    void clientGetsTheTypedExceptionOfItsOwnConstant() throws ProblemFormatException {
        ProblemException exception =
                parse("{\"code\":\"OUT_OF_STOCK\",\"left\":3}").toException();

        assertThat(exception).isInstanceOf(ShopError.OutOfStockException.class);
        assertThat(exception.code()).isSameAs(ShopError.OUT_OF_STOCK);
        assertThat(exception.problem().extensions()).containsEntry("left", 3);
    }

    @Test
    void foreignProblemWithoutCodeGetsTheCodeOfItsStatus() throws ProblemFormatException {
        Problem problem = parse(
                "{\"type\":\"https://example.com/probs/out-of-credit\",\"title\":\"You do not have enough credit.\","
                        + "\"status\":403,\"detail\":\"Your current balance is 30, but that costs 50.\",\"instance\":\"/account/12345/msgs/abc\","
                        + "\"balance\":30,\"accounts\":[\"/account/12345\",\"/account/67890\"]}");

        assertThat(problem.code()).isEqualTo(StandardError.FORBIDDEN);
        assertThat(problem.type()).hasToString("https://example.com/probs/out-of-credit");
        assertThat(problem.title()).isEqualTo("You do not have enough credit.");
        assertThat(problem.instance()).hasToString("/account/12345/msgs/abc");
        assertThat(problem.extensions())
                .containsExactly(
                        Map.entry("balance", 30), Map.entry("accounts", List.of("/account/12345", "/account/67890")));
    }

    @Test
    void readsTheFieldErrorsOfTheRfcExample() throws ProblemFormatException {
        Problem problem = parse(
                "{\"type\":\"https://example.net/validation-error\",\"title\":\"Your request is not valid.\",\"status\":422,"
                        + "\"errors\":[{\"detail\":\"must be a positive integer\",\"pointer\":\"#/age\"},"
                        + "{\"detail\":\"must be 'green', 'red' or 'blue'\",\"pointer\":\"#/profile/my%20color\"}]}");

        assertThat(problem.errors())
                .containsExactly(
                        FieldError.body("/age", "INVALID").detail("must be a positive integer"),
                        FieldError.body("/profile/my color", "INVALID").detail("must be 'green', 'red' or 'blue'"));
    }

    @Test
    void emptyObjectIsAboutBlank() throws ProblemFormatException {
        Problem problem = parse("{}");
        assertThat(problem.type()).hasToString("about:blank");
        assertThat(problem.code()).isEqualTo(StandardError.INTERNAL);
        assertThat(problem.status()).isEqualTo(500);
    }

    @Test
    void membersOfTheWrongTypeAreLeftOut() throws ProblemFormatException {
        Problem problem = parse(
                "{\"type\":1,\"title\":[],\"status\":\"404\",\"detail\":{},\"instance\":true,\"code\":7,\"traceId\":\"xyz\","
                        + "\"retryAfter\":\"soon\",\"errors\":{\"a\":1},\"truncated\":\"yes\",\"more\":null}");

        assertThat(problem).isEqualTo(parse("{\"more\":null}"));
        assertThat(problem.extensions()).containsOnlyKeys("more");
    }

    @Test
    void valuesOutOfRangeAreLeftOut() throws ProblemFormatException {
        Problem problem = parse(
                "{\"type\":\"not a uri\",\"title\":\" \",\"status\":200,\"code\":\"with space\",\"retryAfter\":-1,"
                        + "\"traceId\":\"00000000000000000000000000000000\",\"errors\":[7,{\"pointer\":\"age\",\"code\":\"no way\",\"location\":\"moon\"}]}");

        assertThat(problem.title()).isEqualTo("Internal error");
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.type()).hasToString("about:blank");
        assertThat(problem.traceId()).isNull();
        assertThat(problem.retryAfter()).isNull();
        assertThat(problem.errors()).containsExactly(FieldError.body("", "INVALID"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"})
    void typeThatABrowserWouldRunIsLeftOut(String type) throws ProblemFormatException {
        assertThat(parse("{\"type\":\"" + type + "\"}").type()).hasToString("about:blank");
    }

    @Test
    void secretInAForeignBodyIsNotPassedOn() throws ProblemFormatException {
        Problem problem =
                parse("{\"errors\":[{\"pointer\":\"/password\",\"code\":\"TOO_SHORT\",\"rejected\":\"hunter2\"}]}");
        assertThat(new String(problem.toJson(), StandardCharsets.UTF_8)).doesNotContain("hunter2");
    }

    @Test
    void moreThan100FieldErrorsAreTruncated() throws ProblemFormatException {
        String error = "{\"pointer\":\"/a\",\"code\":\"X\"}";
        Problem problem = parse("{\"errors\":[" + (error + ",").repeat(100) + error + "]}");
        assertThat(problem.errors()).hasSize(100);
        assertThat(problem.truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"text\"",
                "null",
                "{",
                "{\"a\":}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} trailing",
                "<html>502 Bad Gateway</html>",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1e99999}",
                "{\"a\":1e9999999999}"
            })
    void refusesWhatIsNoJsonObject(String body) {
        assertThatExceptionOfType(ProblemFormatException.class)
                .isThrownBy(() -> parse(body))
                .withMessageStartingWith("body ");
    }

    @Test
    void refusesHostileDepthSizeAndNumbers() {
        for (String body : List.of(
                "{\"a\":" + "[".repeat(100_000),
                "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}",
                "{\"a\":" + "{\"a\":".repeat(50_000),
                "{\"a\":\"" + "x".repeat(200_000) + "\"}",
                "{\"a\":" + "9".repeat(100_000) + "}",
                "{\"" + "k".repeat(50_000) + "\":1}",
                "{\"a\":[" + "1,".repeat(200_000) + "1]}",
                "{\"a\":[" + "1,".repeat(1_000) + "1]}",
                "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}")) {
            assertThatExceptionOfType(ProblemFormatException.class)
                    .as(body.substring(0, 20))
                    .isThrownBy(() -> parse(body))
                    .satisfies(
                            e -> assertThat(e.getMessage()).startsWith("body ").hasSizeLessThan(500));
        }
    }

    @Test
    void randomDamageIsEitherReadOrRefused() {
        Random random = new Random(9457);
        RandomProblems problems = new RandomProblems(9457);
        for (int i = 0; i < 5_000; i++) {
            byte[] json = problems.next().toJson();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
            byte[] damaged = random.nextBoolean() ? json : Arrays.copyOf(json, random.nextInt(json.length));
            try {
                Problem problem = CATALOGUE.parse(damaged);
                assertThat(CATALOGUE.parse(problem.toJson())).isEqualTo(problem);
            } catch (ProblemFormatException refused) {
                assertThat(refused).hasMessageStartingWith("body ");
            }
        }
    }

    @Test
    void everyFailedResponseIsAProblem() {
        byte[] html = "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8);
        byte[] ours = ShopError.OUT_OF_STOCK.problem().build().toJson();
        byte[] foreign = "{\"title\":\"Nope\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(CATALOGUE.ofResponse(502, html).code()).isEqualTo(StandardError.BAD_GATEWAY);
        assertThat(CATALOGUE.ofResponse(418, new byte[0]).status()).isEqualTo(418);
        assertThat(CATALOGUE.ofResponse(200, html).status()).isEqualTo(500);
        assertThat(CATALOGUE.ofResponse(409, ours).code()).isEqualTo(ShopError.OUT_OF_STOCK);
        assertThat(CATALOGUE.ofResponse(404, foreign))
                .returns(StandardError.NOT_FOUND, Problem::code)
                .returns("Nope", Problem::title);
    }
}
