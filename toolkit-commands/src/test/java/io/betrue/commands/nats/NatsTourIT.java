package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Reply;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page shows. */
class NatsTourIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    record Name(String name) {}

    record Greeting(String text) {}

    record Size(long bytes) {}

    static final CommandType<Name, Greeting> GREET =
            CommandType.of("tour/greet", Name.class, Greeting.class).open();
    static final CommandType<Name, Size> STORE =
            CommandType.of("tour/store", Name.class, Size.class).open().takingContent();
    static final CommandType<Name, Name> LOAD =
            CommandType.of("tour/load", Name.class, Name.class).open().givingContent();

    @Test
    void servesAndCalls() throws Exception {
        String url = NATS.url();
        // tag::serve[]
        Commands commands = Commands.of(c -> c.handle(GREET, (context, in) -> new Greeting("Hello, " + in.name())));
        Connection connection = Nats.connect(NatsCommands.options(url).build());
        NatsServer server = NatsCommands.serve(
                commands, connection, c -> c.name("tour").version("1.0.0").owns("tour"));
        // end::serve[]
        Connection another = Nats.connect(NatsCommands.options(url).build());
        // tag::client[]
        NatsClient target = NatsCommands.client(another);
        CommandClient client = CommandClient.of(target).timeout(Duration.ofSeconds(2));
        Greeting greeting = client.call(GREET, new Name("Anna"));
        // end::client[]
        assertThat(greeting).isEqualTo(new Greeting("Hello, Anna"));
        target.close();
        another.close();
        // tag::stop[]
        server.close(); // no further calls come; those that are here are answered
        commands.close();
        connection.close();
        // end::stop[]
    }

    @Test
    void streams() throws Exception {
        Connection connection = Nats.connect(NatsCommands.options(NATS.url()).build());
        // tag::streams[]
        Commands commands = Commands.of(c -> c.handle(STORE, (context, in) -> {
                    try (InputStream stream = context.content().stream()) {
                        return new Size(stream.readAllBytes().length); // a real one writes to a file
                    }
                })
                .answer(
                        LOAD,
                        (context, in) ->
                                Reply.of(in).content(Content.of(new ByteArrayInputStream(new byte[3_000_000])))));
        // end::streams[]
        String prefix = NATS.namespace();
        NatsServer server = NatsCommands.serve(commands, connection, c -> c.prefix(prefix));
        NatsClient target =
                NatsCommands.client(connection, c -> c.prefix(prefix).silenceLimit(Duration.ofSeconds(10)));
        CommandClient client = CommandClient.of(target).timeout(Duration.ofSeconds(20));
        // tag::stream-client[]
        Size size = client.content(Content.of(new byte[2_000_000])).call(STORE, new Name("a.bin"));
        Reply<Name> reply = client.exchange(LOAD, new Name("b.bin"));
        try (Content content = Objects.requireNonNull(reply.content())) {
            assertThat(content.stream().readAllBytes()).hasSize(3_000_000);
        }
        // end::stream-client[]
        assertThat(size).isEqualTo(new Size(2_000_000));
        target.close();
        server.close();
        commands.close();
        connection.close();
    }

    @Test
    void traces() throws Exception {
        Connection connection = Nats.connect(NatsCommands.options(NATS.url()).build());
        Commands commands =
                Commands.of(c -> c.intercept(io.betrue.commands.Telemetry.with(TELEMETRY.getOpenTelemetry()))
                        .handle(GREET, (context, in) -> new Greeting(in.name())));
        String prefix = NATS.namespace();
        NatsServer server = NatsCommands.serve(commands, connection, c -> c.prefix(prefix));
        NatsClient target =
                NatsCommands.client(connection, c -> c.prefix(prefix).telemetry(TELEMETRY.getOpenTelemetry()));
        CommandClient.of(target)
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .call(GREET, new Name("Anna"));
        target.close();
        server.close();
        commands.close();
        connection.close();
        List<SpanData> all = TELEMETRY.getSpans();
        assertThat(all).hasSize(2);
        SpanData client = all.stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .findFirst()
                .orElseThrow();
        SpanData service = all.stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(client.getName()).isEqualTo("tour/greet");
        assertThat(client.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(client.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(service.getParentSpanId()).isEqualTo(client.getSpanId());
    }
}
