package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    @Test
    void areMoreThanAsvsAsksFor() {
        assertThat(CommonPasswords.count()).isGreaterThanOrEqualTo(3000);
    }

    /** Some lists leave names and words out, which they have in others: a list of passwords must have those too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "12345678",
                "iloveyou",
                "jennifer",
                "elizabeth",
                "11111111",
                "password1",
                "qwertyuiop",
                "P@ssw0rd",
                "PassWord"
            })
    void haveWhatPeopleChooseMost(String password) {
        assertThat(CommonPasswords.contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"monkey", "correct horse", "my password", "password ", ""})
    void haveNeitherShortOnesNorPhrases(String password) {
        assertThat(CommonPasswords.contains(password)).isFalse();
    }
}
