package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(ShopError.values());

    @Test
    void everyCodeComesBackFromWebSocketAndNats() {
        for (ErrorCode code : CATALOGUE.codes()) {
            Problem problem = code.problem().build();
            assertThat(CATALOGUE.code(WebSocketClose.of(problem))).isSameAs(code);
            NatsError received = NatsError.ofHeaders(NatsError.of(problem).headers()::get);
            assertThat(CATALOGUE.code(Objects.requireNonNull(received))).isSameAs(code);
        }
    }

    @Test
    void closeHasTheCodeAndTheText() {
        assertThat(WebSocketClose.of(
                        ShopError.OUT_OF_STOCK.problem().with("left", 3).build()))
                .isEqualTo(new WebSocketClose(4409, "OUT_OF_STOCK: Only 3 left."));
        assertThat(WebSocketClose.of(StandardError.INTERNAL.problem().build()))
                .isEqualTo(new WebSocketClose(1011, "INTERNAL: Internal error"));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebSocketClose(999, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "я", "€", "😀"})
    void closeReasonIsCutBetweenCharactersAt123Bytes(String character) {
        int width = character.getBytes(StandardCharsets.UTF_8).length;
        for (int prefix = 0; prefix < 8; prefix++) {
            String reason = new WebSocketClose(4400, "-".repeat(prefix) + character.repeat(121)).reason();
            byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
            assertThat(bytes).hasSizeBetween(123 - Math.max(width, 3) + 1, 123);
            assertThat(reason).startsWith("-".repeat(prefix) + character.repeat((120 - prefix) / width));
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(reason);
        }
    }

    @Test
    void reasonWithLoneSurrogatesIsMended() {
        assertThat(new WebSocketClose(4400, "a\uD83Db").reason()).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @CsvSource({
        "4404, gone, NOT_FOUND",
        "4422, '', VALIDATION_FAILED",
        "4418, '', BAD_REQUEST",
        "4599, '', INTERNAL",
        "4100, '', SHOP_CLOSED",
        "1009, '', PAYLOAD_TOO_LARGE",
        "1011, '', INTERNAL",
        "1013, '', UNAVAILABLE",
        "1006, '', UNAVAILABLE",
        "1008, '', FORBIDDEN",
        "1007, '', BAD_REQUEST",
        "1000, '', INTERNAL",
        "1011, OUT_OF_STOCK: none, OUT_OF_STOCK",
        "4409, UNHEARD_OF: what, UNHEARD_OF",
        "4409, 'CONFLICT with you', CONFLICT"
    })
    void foreignCloseHasTheNearestCode(int closeCode, String reason, String code) {
        assertThat(CATALOGUE.code(new WebSocketClose(closeCode, reason)).name()).isEqualTo(code);
    }

    @Test
    void natsHeadersArePrintableAscii() {
        NatsError error = new NatsError(1503, "SHOP_CLOSED: закрыто\r\nX-Injected: 1 😀" + "x".repeat(300));
        assertThat(error.text())
                .hasSize(256)
                .startsWith("SHOP_CLOSED: ???????" + "??X-Injected: 1 ?xxx")
                .matches("[ -~]*");
        assertThat(NatsError.of(ShopError.SHOP_CLOSED.problem().build()).headers())
                .isEqualTo(Map.of(
                        "Nats-Service-Error",
                        "SHOP_CLOSED: Shop <closed> | & \"quiet\"",
                        "Nats-Service-Error-Code",
                        "1503"));
    }

    @Test
    void foreignNatsErrorHasTheNearestCode() {
        assertThat(CATALOGUE.code(new NatsError(404, "no such thing"))).isEqualTo(StandardError.NOT_FOUND);
        assertThat(CATALOGUE.code(new NatsError(1503, ""))).isEqualTo(ShopError.SHOP_CLOSED);
        assertThat(CATALOGUE.code(new NatsError(42, "boom"))).isEqualTo(StandardError.INTERNAL);
        assertThat(CATALOGUE
                        .code(new NatsError(409, "UNHEARD_OF: what"))
                        .definition()
                        .status())
                .isEqualTo(409);
    }

    @Test
    void answerWithoutErrorHeadersIsNoError() {
        assertThat(NatsError.ofHeaders(name -> null)).isNull();
        assertThat(NatsError.ofHeaders(Map.of(NatsError.CODE_HEADER, "many")::get))
                .isEqualTo(new NatsError(500, ""));
        assertThat(NatsError.ofHeaders(Map.of(NatsError.TEXT_HEADER, "x")::get)).isEqualTo(new NatsError(500, "x"));
    }
}
