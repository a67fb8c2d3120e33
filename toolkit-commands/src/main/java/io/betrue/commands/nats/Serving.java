package io.betrue.commands.nats;

import io.betrue.commands.Cancellation;
import io.nats.client.Message;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call that is being answered. Safe for use by multiple threads. */
final class Serving {
    private final Message request;
    private final String replyTo;
    private final @Nullable Endpoint endpoint;
    private final boolean watched;
    private final long began = System.nanoTime();
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable String control;
    private volatile long announced;
    private volatile @Nullable Inflow in;
    private volatile @Nullable Outflow out;
    private volatile boolean replied;
    private volatile boolean stopped;
    private volatile boolean streaming;

    Serving(Message request, String replyTo, @Nullable Endpoint endpoint) {
        this.request = request;
        this.replyTo = replyTo;
        this.endpoint = endpoint;
        this.watched = Wire.YES.equals(Wire.header(request, Wire.WATCH));
    }

    Message request() {
        return request;
    }

    String replyTo() {
        return replyTo;
    }

    /** {@return what all calls of one client have in common} */
    String client() {
        return Wire.family(replyTo);
    }

    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }

    /** {@return whether the caller understands frames} */
    boolean isWatched() {
        return watched;
    }

    long began() {
        return began;
    }

    int size() {
        return request.getData().length;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** {@return where the caller can send frames, or null while it has not been told} */
    @Nullable
    String control() {
        return control;
    }

    long announced() {
        return announced;
    }

    void announce(String subject) {
        announced = System.nanoTime();
        control = subject;
    }

    boolean isStreaming() {
        return streaming;
    }

    void streaming() {
        streaming = true;
    }

    void in(Inflow stream) {
        in = stream;
    }

    void out(Outflow stream) {
        out = stream;
    }

    void replied() {
        replied = true;
    }

    boolean isReplied() {
        return replied;
    }

    /** {@return whether this was the first time} */
    boolean leave() {
        return left.compareAndSet(false, true);
    }

    boolean isStopped() {
        return stopped;
    }

    /** The instance cannot wait for it any longer. */
    void stop() {
        stopped = true;
        gone("the service stops");
    }

    /** Takes a frame that concerns its streams. */
    void take(Frame frame) {
        Inflow from = in;
        Outflow to = out;
        switch (frame.kind()) {
            case CHUNK, END, ABORT -> {
                if (from != null) {
                    from.take(frame);
                }
            }
            case CREDIT, STOP -> {
                if (to != null) {
                    to.take(frame);
                }
            }
            default -> {}
        }
    }

    /** Nobody waits any more. */
    void gone(String why) {
        cancellation.cancel();
        Inflow from = in;
        if (from != null) {
            from.fail(why);
        }
        Outflow to = out;
        if (to != null) {
            to.stop();
        }
    }

    /** The handler is done with what the caller sent. */
    void closeInput() {
        Inflow from = in;
        if (from != null) {
            from.close();
        }
    }
}
