package io.betrue.commands.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final String[] TOKENS = {
        "null", "true", "-0.5e+3", "12345678901234567890123", "\"\"", "\"é\\\"}\uD83D\uDE00\""
    };

    @Test
    void cutsTheInputOutAsItWasWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String input = value(random, 4);
            boolean last = random.nextBoolean();
            String text = "{ \"id\": 1, \"call\" : \"ü\"," + (last ? "" : "\"timeout\":5,") + "\"input\" : " + input
                    + (last ? " }" : " ,\"headers\":{} }");
            Message message = new Message(text.getBytes(StandardCharsets.UTF_8));
            assertThat(message.read()).isEqualTo(Message.Kind.CALL);
            assertThat(new String(message.input(), StandardCharsets.UTF_8).strip())
                    .as(text)
                    .isEqualTo(input.strip());
        }
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? TOKENS.length : TOKENS.length + 2);
        if (kind < TOKENS.length) {
            return TOKENS[kind];
        }
        StringBuilder text = new StringBuilder(kind == TOKENS.length ? "[" : "{");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(kind == TOKENS.length ? " " : " \"" + "a".repeat(random.nextInt(3)) + "\" : ");
            text.append(value(random, depth - 1)).append(i == 1 ? " " : "\n,");
        }
        return text.append(kind == TOKENS.length ? "]" : "}").toString();
    }

    @Test
    void knowsWhetherBytesAreOneValue() {
        for (String good : new String[] {"{}", " [1,{\"a\":null}] ", "1", "\"x\""}) {
            assertThat(Message.isOneValue(good.getBytes(StandardCharsets.UTF_8)))
                    .as(good)
                    .isTrue();
        }
        for (String bad : new String[] {"", " ", "{} {}", "{}}", "{", "[1,]", "x", "{\"a\":1},\"problem\":{}", "\"x"}) {
            assertThat(Message.isOneValue(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isFalse();
        }
    }
}
