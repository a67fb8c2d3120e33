package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextCheckTest {
    private static boolean isText(byte[] bytes, int step) {
        TextCheck check = new TextCheck();
        for (int from = 0; from < bytes.length; from += step) {
            if (!check.take(bytes, from, Math.min(step, bytes.length - from))) {
                return false;
            }
        }
        return check.end();
    }

    @Test
    void takesUtf8InWhateverPiecesItComes() {
        byte[] large = "Grüße, 你好 \uD83D\uDE00\r\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
        for (int step : new int[] {1, 2, 3, 7, 8_191, 8_192, 8_193, 65_536}) {
            assertThat(isText(Samples.TEXT, step)).isTrue();
            assertThat(isText(large, step)).as("in steps of " + step).isTrue();
        }
        assertThat(isText(new byte[0], 1)).isTrue();
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(isText(Samples.bytes("caf\u00e9 creme"), 64)).as("Latin 1").isFalse();
        assertThat(isText("hello".getBytes(StandardCharsets.UTF_16), 64)).isFalse();
        assertThat(isText(Samples.bytes("\u00c0\u0080"), 1))
                .as("too long a form")
                .isFalse();
        assertThat(isText(Samples.bytes("\u00ed\u00a0\u0080"), 1))
                .as("half a pair")
                .isFalse();
    }

    @Test
    void refusesAnEndInTheMiddleOfACharacter() {
        byte[] face = "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < face.length; length++) {
            assertThat(isText(Arrays.copyOf(face, length), 1)).isFalse();
        }
    }

    @Test
    void refusesControlCharacters() {
        assertThat(isText(Samples.bytes("a\tb\r\n\f"), 64)).isTrue();
        for (String control : new String[] {"\0", "\u001b[2J", "\u0007", "\u007f"}) {
            assertThat(isText(Samples.bytes("text " + control), 64)).isFalse();
        }
    }
}
