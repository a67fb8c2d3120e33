package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.betrue.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client is told over the connection that its call came over. */
class ConnectionTest {
    private static final CommandType<Nothing, Nothing> WORK =
            CommandType.of("work", Nothing.class, Nothing.class).open();
    private static final CommandType<Nothing, Nothing> PART =
            CommandType.of("part", Nothing.class, Nothing.class).open();

    /** Keeps what was sent. */
    private static final class Sent implements Connection {
        private final List<String> messages = new ArrayList<>();

        @Override
        public String id() {
            return "one";
        }

        @Override
        public String peer() {
            return "";
        }

        @Override
        public boolean send(Push push) {
            return messages.add(push.json());
        }

        @Override
        public void close(Problem why) {}

        @Override
        public Cancellation.Registration onClose(Runnable listener) {
            return () -> {};
        }
    }

    @Test
    void handlersAndThoseTheyCallTellTheClientOfProgress() {
        Sent connection = new Sent();
        try (Commands commands = Commands.of(c -> c.handle(WORK, (context, input) -> {
                    tell(context, 1);
                    return context.call(PART, input);
                })
                .handle(PART, (context, input) -> {
                    tell(context, 2);
                    return input;
                }))) {
            commands.call(Call.to("work").connection(connection).build());
            commands.call(Call.to("work").build());
        }
        assertThat(connection.messages)
                .containsExactly("{\"event\":\"progress\",\"data\":1}", "{\"event\":\"progress\",\"data\":2}");
    }

    private static void tell(CommandContext context, int done) {
        Payload data = Payload.of(JsonNodeFactory.instance.numberNode(done));
        context.connection()
                .ifPresent(client -> client.send(Push.event("progress", data, CommandsConfig.defaultMapper())));
    }

    @Test
    void knowsHowLongAMessageIs() {
        String text = "{\"a\":\"é€\uD83D\uDE00\"}";
        assertThat(Push.ofJson(text).size()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(Push.event("e", Payload.of(Map.of("a", "ü")), CommandsConfig.defaultMapper()))
                .hasToString("Push of 31 bytes");
    }
}
