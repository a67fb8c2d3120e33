package io.betrue.jobs.nats;

import io.nats.client.impl.Headers;
import java.time.Instant;

/** A message as a stream keeps it. Not to be changed. */
final class Stored {
    private final String subject;
    private final long sequence;
    private final Instant time;
    private final Headers headers;
    private final byte[] body;

    Stored(String subject, long sequence, Instant time, Headers headers, byte[] body) {
        this.subject = subject;
        this.sequence = sequence;
        this.time = time;
        this.headers = headers;
        this.body = body;
    }

    String subject() {
        return subject;
    }

    /** {@return its number in the stream} */
    long sequence() {
        return sequence;
    }

    /** {@return when the server took it} */
    Instant time() {
        return time;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
