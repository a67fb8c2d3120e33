package io.betrue.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgres://ada:se%40c+ret@db:5433/money?sslmode=require,"
                        + "jdbc:postgresql://db:5433/money?sslmode=require,ada,se@c+ret",
                "postgresql://db/money,jdbc:postgresql://db/money,-,-",
                "postgres://ada@db/money,jdbc:postgresql://db/money,ada,-",
                "postgres://ada@[::1]:5432/money,jdbc:postgresql://[::1]:5432/money,ada,-",
                "jdbc:postgresql://db/money?user=ada,jdbc:postgresql://db/money?user=ada,-,-",
            })
    void readsBothForms(String text, String jdbcUrl, String user, String password) {
        assertThat(DatabaseAddress.parse(text)).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://root:hunter2@localhost/x",
                "postgres:///x",
                "postgres://ada:hunter2#@db/x",
                "postgres://ada:hunter2 @db/x",
                "hunter2"
            })
    void refusesOthersWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void showsNeitherUserNorPassword() {
        assertThat(DatabaseAddress.parse("jdbc:postgresql://db/money?user=ada&password=hunter2"))
                .hasToString("jdbc:postgresql://db/money");
        assertThat(DatabaseAddress.parse("postgres://ada:hunter2@db/money")).hasToString("jdbc:postgresql://db/money");
    }
}
