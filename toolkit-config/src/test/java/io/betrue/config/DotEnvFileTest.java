package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvFileTest {
    private final List<ConfigFault> faults = new ArrayList<>();

    private DotEnvFile parse(String text) {
        return new DotEnvFile(".env", text, faults);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "X=a|a",
                "X = a b |a b",
                "export X=a|a",
                "X=a # comment|a",
                "X=a#b|a#b",
                "X=#a|#a",
                "X= # comment|~~",
                "X=|~~",
                "X='a # b'|a # b",
                "X=\"a # b\" # c|a # b",
                "X='a\\n'|a\\n",
                "X=\"a\\tb\\\\\"|a\tb\\",
                "X=a=b|a=b",
                "X=it's|it's"
            })
    void readsOneValue(String line, String value) {
        assertThat(parse(line).values())
                .hasEntrySatisfying("X", raw -> assertThat(raw.text()).isEqualTo(value));
        assertThat(faults).isEmpty();
    }

    @Test
    void readsWindowsLineEndsAndValuesOverSeveralLines() {
        var values =
                parse("A=1\r\n\r\nK=\"-----\r\nkey\r\n-----\" # pem\r\nB=2").values();

        assertThat(values.values()).extracting(Raw::text).containsExactly("1", "-----\nkey\n-----", "2");
        assertThat(values.values()).extracting(Raw::origin).containsExactly(".env:1", ".env:3", ".env:6");
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X", "=a", "1X=a", "X Y=a", "X='a", "X=\"a", "X=\"a\" b", "X=\"\\q\"", "X=secret\nX=secret"})
    void reportsAMalformedLineWithItsNumberAndWithoutItsValue(String text) {
        parse("OK=1\n" + text + "\n");

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).origin()).isEqualTo(text.contains("\n") ? ".env:3" : ".env:2");
        assertThat(faults.get(0).problem()).doesNotContain("secret");
    }

    @Test
    void oneMalformedLineDoesNotHideTheNext() {
        parse("no\nX=1\nneither\nY=2\n");

        assertThat(faults).extracting(ConfigFault::origin).containsExactly(".env:1", ".env:3");
    }
}
