package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaReadTest {
    private static final Schema ORDER = OrdersApp.schemas().get("order/create");

    private static Problem refusal(Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void boundsTheNamesOfMembers() {
        Schema any = Schemas.load(config -> config.json("any", "{}")).get("any");
        assertThat(any.read("{\"" + "n".repeat(1000) + "\": 1}").size()).isEqualTo(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> any.read("{\"" + "n".repeat(1001) + "\": 1}"));
    }

    @Test
    void givesTheValueThatIsValid() {
        JsonNode value = ORDER.read("{\"sku\":\"abc\",\"amount\":1,\"price\":1.10}");

        assertThat(value.path("price").decimalValue()).isEqualTo("1.10");
        assertThat(ORDER.read(value.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(value);
    }

    @Test
    void tellsMalformedFromInvalid() {
        assertThat(refusal(() -> ORDER.read("{")).code()).isEqualTo(StandardError.MALFORMED_JSON);
        assertThat(refusal(() -> ORDER.read(new byte[] {'"', (byte) 0xE9, '"'})).code())
                .isEqualTo(StandardError.MALFORMED_JSON);
        Problem invalid = refusal(() -> ORDER.read("{\"sku\":\"abc\"}"));
        assertThat(invalid.code()).isEqualTo(StandardError.VALIDATION_FAILED);
        assertThat(invalid.errors()).extracting(FieldError::at).containsExactly("/amount");
    }

    @Test
    void throwsNothingElseForAnyBytes() {
        Random random = new Random(7);
        byte[] good = "{\"sku\":\"a\u00E9\\u00e9bc\",\"amount\":12.5e1,\"tags\":[true,null,{}]}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Problem problem = refusal(() -> ORDER.read(bytes));
            assertThat(problem.status()).isIn(400, 422);
        }
    }

    @Test
    void sendsNoMoreThanAHundredPlaces() {
        Schema texts = Schemas.load(
                        config -> config.json("texts", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}"))
                .get("texts");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> texts.read("[1" + ",1".repeat(5_000) + "]"))
                .satisfies(e -> assertThat(e.problem().errors()).hasSize(100));
    }
}
