package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorDefinitionTest {
    @ParameterizedTest
    @CsvSource({
        "400, false, DEBUG, 4400",
        "413, false, DEBUG, 1009",
        "422, false, DEBUG, 4422",
        "429, true, DEBUG, 4429",
        "500, false, ERROR, 1011",
        "501, false, WARNING, 4501",
        "503, true, WARNING, 1013",
        "504, true, WARNING, 4504"
    })
    void everythingFollowsFromTheStatus(int status, boolean retryable, System.Logger.Level level, int closeCode) {
        assertThat(ErrorDefinition.of(status, "Title"))
                .isEqualTo(new ErrorDefinition(status, "Title", null, retryable, level, closeCode, status));
    }

    @Test
    void eachPartCanBeChangedAlone() {
        ErrorDefinition changed = ErrorDefinition.of(409, "Out of stock")
                .detail("Only {left} left.")
                .retryable(true)
                .logLevel(System.Logger.Level.INFO)
                .webSocketClose(4000)
                .natsCode(17);

        assertThat(changed)
                .isEqualTo(new ErrorDefinition(
                        409, "Out of stock", "Only {left} left.", true, System.Logger.Level.INFO, 4000, 17));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 200, 399, 600})
    void refusesStatusThatIsNoError(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorDefinition.of(status, "Title"))
                .withMessage("error status must be 400..599, was " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1001, 1004, 1005, 1006, 1010, 1015, 2999, 5000})
    void refusesCloseCodeThatNobodyMaySend(int closeCode) {
        ErrorDefinition definition = ErrorDefinition.of(400, "Title");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition.webSocketClose(closeCode))
                .withMessageContaining("was " + closeCode);
    }

    @Test
    void refusesTextsAndNumbersOutOfRange() {
        ErrorDefinition definition = ErrorDefinition.of(400, "Title");
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorDefinition.of(400, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorDefinition.of(400, "x".repeat(201)));
        assertThatIllegalArgumentException().isThrownBy(() -> definition.detail(""));
        assertThatIllegalArgumentException().isThrownBy(() -> definition.detail("x".repeat(1001)));
        assertThatIllegalArgumentException().isThrownBy(() -> definition.natsCode(0));
    }
}
