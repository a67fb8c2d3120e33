package io.betrue.commands.nats;

import io.betrue.commands.CommandType;
import io.betrue.errors.NatsError;
import java.util.concurrent.atomic.LongAdder;

/** A command that is served on a subject, and what discovery tells of it. Safe for use by multiple threads. */
final class Endpoint {
    private final CommandType<?, ?> type;
    private final String subject;
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile String lastError = "";

    Endpoint(CommandType<?, ?> type, String subject) {
        this.type = type;
        this.subject = subject;
    }

    CommandType<?, ?> type() {
        return type;
    }

    String address() {
        return type.address();
    }

    String subject() {
        return subject;
    }

    void answered(long took) {
        requests.increment();
        nanos.add(took);
    }

    void failed(long took, NatsError error) {
        answered(took);
        errors.increment();
        lastError = error.code() + ":" + error.text();
    }

    long requests() {
        return requests.sum();
    }

    long errors() {
        return errors.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    String lastError() {
        return lastError;
    }
}
