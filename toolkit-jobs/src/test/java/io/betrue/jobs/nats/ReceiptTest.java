package io.betrue.jobs.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static final String OF_ALL_SERVERS = "$JS.ACK.jobs-work.default-n.3.17.42.1795265562123299448.7";

    private static Message delivered(String acknowledgements) {
        return NatsMessage.builder().subject("x").replyTo(acknowledgements).build();
    }

    @Test
    void readsWhatEveryServerSays() {
        Receipt receipt = Receipt.of(delivered(OF_ALL_SERVERS));
        assertThat(receipt).isEqualTo(new Receipt(3, 17, Instant.ofEpochSecond(1_795_265_562L, 123_299_448), 7));
    }
}
