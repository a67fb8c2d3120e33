package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which calls are known by what was announced of them. */
class PulseIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private final Message request = NatsMessage.builder()
            .subject("cmd.slow")
            .replyTo("caller.1")
            .data(Wire.NOTHING)
            .build();
    private final Serving call = new Serving(request, "caller.1", null);
    private Connection connection;
    private Pulse pulse;

    @BeforeEach
    void open() throws Exception {
        connection = Nats.connect(NatsCommands.options(NATS.url()).build());
        pulse = new Pulse(new Publisher(connection), "service", Duration.ofSeconds(4));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    private void cancel(String control) {
        Frame cancel = Frame.of(Frame.Kind.CANCEL);
        pulse.take(NatsMessage.builder()
                .subject(control)
                .headers(cancel.headers())
                .data(cancel.body())
                .build());
    }

    @Test
    void knowsACallThatWasAnnounced() {
        pulse.enter(call);
        cancel(pulse.control(call));
        assertThat(call.cancellation().isCancelled()).isTrue();
    }

    @Test
    void forgetsACallThatHasEnded() {
        pulse.enter(call);
        String control = pulse.control(call);
        pulse.leave(call);
        cancel(control);
        assertThat(call.cancellation().isCancelled()).isFalse();
    }

    @Test
    void forgetsACallThatEndsWhileItIsAnnounced() {
        pulse.enter(call);
        pulse.leave(call); // answered, while the timer has it at hand
        cancel(pulse.control(call));
        assertThat(call.cancellation().isCancelled()).isFalse();
    }
}
