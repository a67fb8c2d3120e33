package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardErrorTest {
    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, 400",
        "MALFORMED_JSON, 400",
        "VALIDATION_FAILED, 422",
        "UNAUTHENTICATED, 401",
        "FORBIDDEN, 403",
        "NOT_FOUND, 404",
        "METHOD_NOT_ALLOWED, 405",
        "NOT_ACCEPTABLE, 406",
        "CONFLICT, 409",
        "PRECONDITION_FAILED, 412",
        "PAYLOAD_TOO_LARGE, 413",
        "UNSUPPORTED_MEDIA_TYPE, 415",
        "RATE_LIMITED, 429",
        "CANCELLED, 499",
        "DEADLINE_EXCEEDED, 504",
        "UNAVAILABLE, 503",
        "UNIMPLEMENTED, 501",
        "INTERNAL, 500"
    })
    void hasTheCodesThatClientsSwitchOn(StandardError code, int status) {
        assertThat(code.definition().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "404, NOT_FOUND",
        "422, VALIDATION_FAILED",
        "418, BAD_REQUEST",
        "499, CANCELLED",
        "500, INTERNAL",
        "599, INTERNAL",
        "200, INTERNAL",
        "-5, INTERNAL"
    })
    void everyStatusHasACode(int status, StandardError code) {
        assertThat(StandardError.ofStatus(status)).isEqualTo(code);
    }

    @Test
    void statusOfEachCodeLeadsBackToACodeOfThatStatus() {
        assertThat(Arrays.stream(StandardError.values()))
                .allSatisfy(code -> assertThat(
                                StandardError.ofStatus(code.definition().status())
                                        .definition()
                                        .status())
                        .isEqualTo(code.definition().status()));
    }
}
