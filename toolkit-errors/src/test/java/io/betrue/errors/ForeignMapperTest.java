package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.junit.jupiter.api.Test;

/** What a JSON mapper does that knows nothing of this module. */
class ForeignMapperTest {
    private static final Problem PROBLEM = ShopError.OUT_OF_STOCK
            .problem()
            .with("left", 3)
            .error(FieldError.body("/amount", "TOO_LARGE").with("maximum", 3).rejected(4))
            .cause(new IllegalStateException("jdbc:postgresql://secret"))
            .toException()
            .problem();

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void mapIsTheSameBody() throws Exception {
        assertThat(mapper.writeValueAsBytes(PROBLEM.toMap())).isEqualTo(PROBLEM.toJson());
        assertThat(mapper.readValue(PROBLEM.toJson(), Object.class)).isEqualTo(PROBLEM.toMap());
    }

    @Test
    void problemItselfShowsNothingOfTheCause() throws Exception {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> mapper.writeValueAsString(PROBLEM));
        assertThat(mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).writeValueAsString(PROBLEM))
                .isEqualTo("{}");
    }
}
