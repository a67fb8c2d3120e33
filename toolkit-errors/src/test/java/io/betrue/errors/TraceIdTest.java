package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void randomIdsAreValidAndDiffer() {
        assertThat(TraceId.isValid(TraceId.random())).isTrue();
        assertThat(TraceId.random()).isNotEqualTo(TraceId.random());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                "cc-" + TRACE + "-00f067aa0ba902b7-00",
                "cc-" + TRACE + "-00f067aa0ba902b7-00-what-comes-later"
            })
    void readsTheTraceparentHeader(String header) {
        assertThat(TraceId.ofTraceparent(header)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE,
                "00-" + TRACE + "-00f067aa0ba902b7-01-more",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00_" + TRACE + "_00f067aa0ba902b7_01",
                "00-" + TRACE + "-00f067aa0ba902bX-01",
                "cc-" + TRACE + "-00f067aa0ba902b7-00x"
            })
    void ignoresMalformedTraceparent(String header) {
        assertThat(TraceId.ofTraceparent(header)).isNull();
    }
}
