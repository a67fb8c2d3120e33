package io.betrue.jobs.nats;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.time.Instant;

/**
 * What the server says about a delivery in the subject that acknowledgements go to (ADR-15 of NATS): read here since jnats makes a time with a zone of it,
 * which costs more than all the rest.
 *
 * @param delivered how often this message was delivered, this time included
 * @param sequence the message's number in its stream
 * @param time when the stream took it
 * @param pending how many more the consumer has
 */
record Receipt(long delivered, long sequence, Instant time, long pending) {
    private static final int TOKENS = 9;
    private static final int FIRST = 4;
    private static final long NANOS = 1_000_000_000;

    static Receipt of(Message message) {
        String subject = message.getReplyTo();
        long[] numbers = new long[TOKENS - FIRST];
        int token = 0;
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            if (c == '.') {
                token++;
            } else if (token >= FIRST && token < TOKENS) {
                if (c < '0' || c > '9') {
                    return general(message);
                }
                numbers[token - FIRST] = numbers[token - FIRST] * 10 + (c - '0');
            }
        }
        return token == TOKENS - 1
                ? new Receipt(
                        numbers[0],
                        numbers[1],
                        Instant.ofEpochSecond(numbers[3] / NANOS, numbers[3] % NANOS),
                        numbers[4])
                : general(message);
    }

    /** Newer servers have more to say. */
    private static Receipt general(Message message) {
        NatsJetStreamMetaData meta = message.metaData();
        return new Receipt(
                meta.deliveredCount(), meta.streamSequence(), meta.timestamp().toInstant(), meta.pendingCount());
    }
}
