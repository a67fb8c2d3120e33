package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldErrorTest {
    @Test
    void saysWhereAndWhat() {
        FieldError error = FieldError.body("/items/0/amount", "TOO_SMALL")
                .with("minimum", 1)
                .detail("too small");
        assertThat(error)
                .isEqualTo(new FieldError(
                        FieldError.Location.BODY,
                        "/items/0/amount",
                        "TOO_SMALL",
                        "too small",
                        Map.of("minimum", 1),
                        null));
        assertThat(FieldError.query("limit", "X").location()).isEqualTo(FieldError.Location.QUERY);
        assertThat(FieldError.path("id", "X").location()).isEqualTo(FieldError.Location.PATH);
        assertThat(FieldError.header("If-Match", "X").location()).isEqualTo(FieldError.Location.HEADER);
        assertThat(FieldError.cookie("lang", "X").location()).isEqualTo(FieldError.Location.COOKIE);
    }

    @Test
    void refusesPointerWithoutSlashAndCodeThatIsNoWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldError.body("amount", "X"))
                .withMessageContaining("amount");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldError.body("/a", "not a word"))
                .withMessageContaining("not a word");
    }

    @Test
    void parametersAreCopied() {
        Map<String, Object> parameters = new HashMap<>(Map.of("minimum", 1));
        FieldError error = new FieldError(FieldError.Location.BODY, "", "X", null, parameters, null);
        parameters.clear();
        assertThat(error.parameters()).containsOnlyKeys("minimum").isUnmodifiable();
    }

    @Test
    void rejectedValueIsKeptOnlyWhenAskedFor() {
        assertThat(FieldError.body("/amount", "X").rejected()).isNull();
        assertThat(FieldError.body("/amount", "X").rejected("12a").rejected()).isEqualTo("12a");
        assertThat(FieldError.body("/amount", "X").rejected("x".repeat(300)).rejected())
                .isEqualTo("x".repeat(199) + "…");
    }

    @Test
    void rejectedStructuresAndEndlessNumbersAreDropped() {
        assertThat(FieldError.body("/amount", "X")
                        .rejected(Map.of("password", "1"))
                        .rejected())
                .isNull();
        assertThat(FieldError.body("/amount", "X").rejected(List.of(1)).rejected())
                .isNull();
        assertThat(FieldError.body("/amount", "X").rejected(Double.NaN).rejected())
                .isNull();
        assertThat(FieldError.body("/amount", "X")
                        .rejected(BigInteger.TEN.pow(500))
                        .rejected())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/password",
                "/newPassword",
                "/user/passwd",
                "/pwd",
                "/pass_phrase",
                "/secret/0",
                "/clientSecret",
                "/token",
                "/access_token",
                "/refreshToken",
                "/authorization",
                "/api-key",
                "/apiKey",
                "/x-api-key",
                "/key",
                "/card/cardNumber",
                "/card_number",
                "/creditCard",
                "/cvv",
                "/card/cvc",
                "/pin",
                "/pinCode",
                "/otp",
                "/ssn",
                "/iban",
                "/sessionId",
                "/credentials",
                "/privateKey",
                "/PASSWORD",
                "/mnemonic",
                "/password/with/more",
                "/jwt",
                "/cvv2",
                "/CVC2",
                "/userPIN",
                "/PINNumber",
                "/IBANCode",
                "/pwd1",
                "/totpCode",
                "/cc-num",
                "/verification_code",
                "/пароль"
            })
    void valueOfASecretFieldIsNeverKept(String pointer) {
        assertThat(FieldError.body(pointer, "X").rejected("hunter2").rejected()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/amount",
                "/company",
                "/author",
                "/passport",
                "/spin",
                "/keyboard",
                "/opinion",
                "/currency",
                "/email",
                "/monkey",
                "/SPINNumber",
                "/accname",
                ""
            })
    void valueOfAHarmlessFieldIsKept(String pointer) {
        assertThat(FieldError.body(pointer, "X").rejected("v").rejected()).isEqualTo("v");
    }

    @Test
    void cookiesAndCredentialHeadersAreSecret() {
        assertThat(FieldError.cookie("lang", "X").rejected("v").rejected()).isNull();
        assertThat(FieldError.header("Authorization", "X").rejected("v").rejected())
                .isNull();
        assertThat(FieldError.header("If-Match", "X").rejected("v").rejected()).isEqualTo("v");
    }
}
