package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Headers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
    private static Headers there(Headers headers) {
        io.nats.client.impl.Headers fields = new io.nats.client.impl.Headers();
        HeaderFields.write(headers, fields);
        return HeaderFields.read(fields, name -> !HeaderFields.isReserved(name));
    }

    @Test
    void bringsAnyTextThereAndBack() {
        Headers headers = Headers.of(Map.of(
                "plain",
                "Bearer abc",
                "x-name",
                "Żółw 🐢 100 %",
                "blanks",
                " a ",
                "empty",
                "",
                "tab",
                "a\tb",
                "star*",
                "x"));
        assertThat(there(headers)).isEqualTo(headers);
    }

    @Test
    void writesPlainTextAsItIs() {
        io.nats.client.impl.Headers fields = new io.nats.client.impl.Headers();
        HeaderFields.write(Headers.of("traceparent", "00-ab-cd-01").with("x-name", "é"), fields);
        assertThat(fields.getFirst("traceparent")).isEqualTo("00-ab-cd-01");
        assertThat(fields.getFirst("x-name*")).isEqualTo("UTF-8''%C3%A9");
    }

    @Test
    void keepsTheNamesOfTheWireForItself() {
        Headers taken = Headers.of(Map.of(
                "Command-External",
                "0",
                "nats-service-error",
                "no",
                "timeout-ms",
                "1",
                "content-type",
                "a/b",
                "x",
                "y"));
        assertThat(there(taken)).isEqualTo(Headers.of("x", "y"));
    }

    @Test
    void refusesWhatIsNoEncoding() {
        for (String value : new String[] {"plain", "UTF-8''%", "UTF-8''%4", "UTF-8''%zz", "UTF-8''%0A"}) {
            io.nats.client.impl.Headers fields = new io.nats.client.impl.Headers().put("x*", value);
            assertThatThrownBy(() -> HeaderFields.read(fields, name -> true))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
