package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.examples.ledger.Deposit;
import io.betrue.examples.ledger.History;
import io.betrue.examples.ledger.HistoryQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodiesTest {
    private final JsonBodies bodies = new JsonBodies();

    @Test
    void readsWhatFits() {
        assertThat(read("{\"currency\": \"EUR\", \"limit\": 5}")).isEqualTo(new HistoryQuery("EUR", null, 5));
        assertThat(read("{}")).isEqualTo(new HistoryQuery(null, null, null));
        assertThat(bodies.read("{}".getBytes(StandardCharsets.UTF_8), CommandTable.Nothing.class))
                .isEqualTo(new CommandTable.Nothing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'[]'|''|WRONG_TYPE",
                "'null'|''|WRONG_TYPE",
                "'{\"limit\": \"5\"}'|/limit|WRONG_TYPE",
                "'{\"limit\": 5.0}'|/limit|WRONG_TYPE",
                "'{\"limit\": true}'|/limit|WRONG_TYPE",
                "'{\"limit\": 1e99999999999999}'|/limit|WRONG_TYPE",
                "'{\"currency\": 1e99999999999999}'|/currency|WRONG_TYPE",
                "'{\"limit\": 99999999999}'|/limit|INVALID",
                "'{\"currency\": 5}'|/currency|WRONG_TYPE",
                "'{\"currency\": false}'|/currency|WRONG_TYPE",
                "'{\"currency\": [[[[[[[[[[1]]]]]]]]]]}'|/currency|WRONG_TYPE",
                "'{\"cursor\": {}}'|/cursor|WRONG_TYPE",
                "'{\"other\": 1}'|/other|UNKNOWN",
                "'{\"a/b~c\": 1}'|/a~1b~0c|UNKNOWN",
                "'{\"limit\": 1, \"limit\": 1}'|/limit|DUPLICATE",
            })
    void saysWhereItDoesNotFit(String body, String pointer, String code) {
        Problem problem = refusal(body);
        assertThat(problem.code().name()).isEqualTo("VALIDATION_FAILED");
        assertThat(problem.errors())
                .extracting(FieldError::at, FieldError::code)
                .containsExactly(tuple(pointer, code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'[]'|must be object|ожидается object",
                "'{\"limit\": \"5\"}'|must be integer|ожидается integer",
                "'{\"currency\": 5}'|must be string|ожидается string",
                "'{\"limit\": 99999999999}'|is not valid|недопустимое значение",
                "'{\"other\": 1}'|is not known here|неизвестное поле",
                "'{\"limit\": 1, \"limit\": 1}'|must not stand here twice|не должно повторяться",
            })
    void saysInWordsWhatDoesNotFit(String body, String english, String russian) {
        ErrorCatalogue catalogue = HttpServer.catalogue();
        Problem problem = refusal(body);
        assertThat(catalogue.localise(problem, "en").problem().toMap().toString())
                .contains("detail=" + english);
        assertThat(catalogue.localise(problem, "ru").problem().toMap().toString())
                .contains("detail=" + russian);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"''|1", "'{'|1", "'{\"limit\": 1}}'|1", "'{} 1'|1", "'{\n\"limit\": x}'|2", "'{\"limit\": 01}'|1"})
    void saysOnWhichLineItIsNoJson(String body, int line) {
        Problem problem = refusal(body);
        assertThat(problem.code().name()).isEqualTo("MALFORMED_JSON");
        assertThat(problem.extensions()).containsEntry("line", line).containsKey("column");
    }

    @Test
    void survivesNameOfAnyLength() {
        assertThat(refusal("{\"" + "/".repeat(40_000) + "\": 1}").code().name()).isEqualTo("VALIDATION_FAILED");
        assertThat(refusal("{\"" + "/".repeat(60_000) + "\": 1}").code().name()).isEqualTo("MALFORMED_JSON");
    }

    @Test
    void leavesOutNextOfLastPageOnly() throws Exception {
        assertThat(JsonBodies.mapper().writeValueAsString(new History(List.of(), null)))
                .isEqualTo("{\"entries\":[]}");
        assertThat(JsonBodies.mapper().writeValueAsString(new Deposit("EUR", null)))
                .isEqualTo("{\"currency\":\"EUR\",\"amount\":null}");
    }

    private HistoryQuery read(String body) {
        return bodies.read(body.getBytes(StandardCharsets.UTF_8), HistoryQuery.class);
    }

    private Problem refusal(String body) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(body));
        assertThat(refused).as(body).isNotNull();
        return refused.problem();
    }
}
