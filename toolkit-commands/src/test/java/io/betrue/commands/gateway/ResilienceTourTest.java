package io.betrue.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Nothing;
import io.betrue.commands.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The code that the page shows. */
class ResilienceTourTest {
    @Test
    void standsBetweenAGatewayAndAService() {
        CommandType<Nothing, Nothing> close = CommandType.of("ledger/close", Nothing.class, Nothing.class);
        try (Commands service = Commands.of(c -> c.handle(close, (context, nothing) -> nothing))) {
            Target client = service; // over NATS or HTTP it is their client
            // tag::use[]
            Target ledger = Resilience.around("ledger", client, r -> r.retries(2, Duration.ofMillis(50)));
            Commands gateway = Commands.of(c -> c.forward("ledger/*", ledger));
            // end::use[]
            assertThat(gateway.client().call(close, Nothing.NOTHING)).isEqualTo(Nothing.NOTHING);
            gateway.close();
        }
    }
}
