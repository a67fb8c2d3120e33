package io.betrue.errors;

import static io.betrue.errors.Answers.get;
import static io.betrue.errors.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.json.JavalinJackson3;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad bodies and parameters, with both Jacksons. */
class ErrorsPluginBodiesHttpTest {
    private static Javalin jackson2;
    private static Javalin jackson3;

    @BeforeAll
    static void start() {
        jackson2 = FailingApp.start();
        jackson3 = FailingApp.start(config -> config.jsonMapper(new JavalinJackson3()));
    }

    @AfterAll
    static void stop() {
        jackson2.stop();
        jackson3.stop();
    }

    static List<Javalin> apps() {
        return List.of(jackson2, jackson3);
    }

    @ParameterizedTest
    @MethodSource("apps")
    void saysWhereJsonIsMalformed(Javalin app) {
        Problem problem = post(app, "/orders", "{\n  \"customer\": nobody\n}");

        assertThat(problem.code()).isEqualTo(StandardError.MALFORMED_JSON);
        assertThat(problem.detail()).startsWith("The body is not valid JSON at line 2, column ");
        assertThat(problem.extensions()).containsEntry("line", 2).containsKey("column");
    }

    @ParameterizedTest
    @MethodSource("apps")
    void pointsAtMemberOfWrongType(Javalin app) {
        Problem problem = post(app, "/orders", "{\"items\":[{\"count\":1},{\"count\":[]}]}");

        assertThat(problem.code()).isEqualTo(StandardError.VALIDATION_FAILED);
        assertThat(problem.errors())
                .containsExactly(FieldError.body("/items/1/count", "WRONG_TYPE")
                        .with("expected", "integer")
                        .detail("must be integer"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void pointsAtNumberThatTypeIsTooSmallFor(Javalin app) {
        Problem problem = post(app, "/orders", "{\"items\":[{\"count\":1},{\"count\":9999999999}]}");

        assertThat(problem.errors())
                .containsExactly(FieldError.body("/items/1/count", "INVALID").detail("is not valid"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void requiresMoreThanNull(Javalin app) {
        for (String path : List.of("/orders", "/stream", "/validated")) {
            assertThat(post(app, path, "null").errors())
                    .as(path)
                    .containsExactly(FieldError.body("", "REQUIRED").detail("is required"));
        }
    }

    @Test
    void pointsAtMemberThatMapperDoesNotKnow() {
        Problem problem = post(jackson2, "/orders", "{\"items\":[{\"a/b~c\":1}]}");

        assertThat(problem.errors())
                .containsExactly(FieldError.body("/items/0/a~1b~0c", "UNKNOWN").detail("is not known here"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void pointsAtValueThatRecordRefuses(Javalin app) {
        Problem problem = post(app, "/orders", "{\"items\":[{\"count\":-1}]}");

        assertThat(problem.errors())
                .containsExactly(FieldError.body("/items/0", "INVALID").detail("is not valid"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void reportsMalformedJsonOfStreamedBody(Javalin app) {
        assertThat(post(app, "/stream", "{\"customer\": ").code()).isEqualTo(StandardError.MALFORMED_JSON);
    }

    @ParameterizedTest
    @MethodSource("apps")
    void reportsMalformedJsonBehindValidator(Javalin app) {
        assertThat(post(app, "/validated", "{").code()).isEqualTo(StandardError.MALFORMED_JSON);
        assertThat(post(app, "/validated", "{\"customer\":{}}").errors())
                .containsExactly(FieldError.body("/customer", "WRONG_TYPE")
                        .with("expected", "string")
                        .detail("must be string"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pages?page=x | QUERY | page | WRONG_TYPE",
                "/pages | QUERY | page | REQUIRED",
                "/numbers/x | PATH | n | WRONG_TYPE"
            })
    void namesParameterAndItsPlace(String target, FieldError.Location location, String name, String code) {
        Problem problem = problem(get(jackson2, target));

        assertThat(problem.errors()).singleElement().satisfies(error -> {
            assertThat(error.location()).isEqualTo(location);
            assertThat(error.at()).isEqualTo(name);
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.rejected()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({"/pages?page=-1"})
    void keepsWordsOfCheckAsDetail(String target) {
        assertThat(problem(get(jackson2, target)).errors())
                .containsExactly(FieldError.query("page", "INVALID").detail("must be positive"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void namesHeaderAndFormField(Javalin app) {
        assertThat(problem(get(app, "/header", "X-Count", "many")).errors())
                .containsExactly(FieldError.header("X-Count", "WRONG_TYPE"));
        assertThat(problem(Answers.send(
                                app, "POST", "/form", "age=old", "Content-Type", "application/x-www-form-urlencoded"))
                        .errors())
                .containsExactly(FieldError.body("/age", "WRONG_TYPE"));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void keepsCodeOfBodyCheck(Javalin app) {
        assertThat(post(app, "/validated", "{\"customer\":\" \"}").errors())
                .containsExactly(FieldError.body("/customer", "BLANK"));
    }

    private static Problem post(Javalin app, String path, String body) {
        return problem(Answers.send(app, "POST", path, body, "Content-Type", "application/json"));
    }
}
