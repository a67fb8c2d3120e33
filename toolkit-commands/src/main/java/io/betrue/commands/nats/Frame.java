package io.betrue.commands.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/** A message between the two sides of one call, beside its request and its reply. Immutable. */
final class Frame {
    /** What a frame says. */
    enum Kind {
        /** The service is at work; whoever still waits says ALIVE, whoever does not says CANCEL. */
        WORKING,
        /** The caller still waits. */
        ALIVE,
        /** The caller does not wait any more. */
        CANCEL,
        /** So many more bytes may be sent. */
        CREDIT,
        /** Bytes of a stream, after so many others. */
        CHUNK,
        /** The stream is complete, and so long. */
        END,
        /** The stream broke. */
        ABORT,
        /** Nobody reads the stream any more. */
        STOP
    }

    private final Kind kind;
    private final long number;
    private final byte[] body;

    private Frame(Kind kind, long number, byte[] body) {
        this.kind = kind;
        this.number = number;
        this.body = body;
    }

    static Frame chunk(long offset, byte[] bytes) {
        return new Frame(Kind.CHUNK, offset, bytes);
    }

    static Frame of(Kind kind) {
        return new Frame(kind, 0, Wire.NOTHING);
    }

    static Frame of(Kind kind, long number) {
        return new Frame(kind, number, Wire.NOTHING);
    }

    /** {@return the frame in a message, or null if it is none that is known here} */
    static @Nullable Frame in(Message message) {
        String text = Wire.header(message, Wire.FRAME);
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        try {
            Kind kind = Kind.valueOf(blank < 0 ? text : text.substring(0, blank));
            return new Frame(kind, blank < 0 ? 0 : Long.parseLong(text.substring(blank + 1)), message.getData());
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    Kind kind() {
        return kind;
    }

    /** {@return an offset, or a number of bytes, or zero} */
    long number() {
        return number;
    }

    /** {@return the bytes of a chunk} */
    byte[] body() {
        return body;
    }

    Headers headers() {
        return new Headers().put(Wire.FRAME, number == 0 ? kind.name() : kind.name() + " " + number);
    }
}
