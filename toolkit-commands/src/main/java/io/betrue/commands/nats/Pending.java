package io.betrue.commands.nats;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.internal.ClientSpans;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call that waits for its reply, or for the stream that follows it. Safe for use by multiple threads. */
final class Pending {
    private final Call call;
    private final String token;
    private final ClientSpans.Sent span;
    private final long began = System.nanoTime();
    private final CompletableFuture<Reply<Payload>> promise = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean streaming;
    private volatile @Nullable String control;
    private volatile @Nullable Outflow out;
    private volatile @Nullable Inflow in;
    private @Nullable Future<?> late; // guarded by this, as is the next
    private Cancellation.@Nullable Registration gone;

    Pending(Call call, String token, ClientSpans.Sent span) {
        this.call = call;
        this.token = token;
        this.span = span;
        this.streaming = call.content() != null;
    }

    Call call() {
        return call;
    }

    String token() {
        return token;
    }

    ClientSpans.Sent span() {
        return span;
    }

    long began() {
        return began;
    }

    CompletableFuture<Reply<Payload>> promise() {
        return promise;
    }

    boolean isStreaming() {
        return streaming;
    }

    void streaming() {
        streaming = true;
    }

    /** {@return where the instance that has the call takes frames, or null while that is not known} */
    @Nullable
    String control() {
        return control;
    }

    void control(String subject) {
        control = subject;
    }

    void out(Outflow stream) {
        out = stream;
    }

    @Nullable
    Outflow out() {
        return out;
    }

    void in(Inflow stream) {
        in = stream;
    }

    /** {@return the stream that follows the reply, or null if there is none or no reply} */
    @Nullable
    Inflow in() {
        return in;
    }

    /** Keeps what is to be undone when the call is settled; undoes it if that is so already. */
    void attach(@Nullable Future<?> timeout, Cancellation.Registration registration) {
        synchronized (this) {
            late = timeout;
            gone = registration;
        }
        if (settled.get()) {
            detach();
        }
    }

    /** {@return whether this was the first time} */
    boolean settle() {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        detach();
        return true;
    }

    boolean isSettled() {
        return settled.get();
    }

    private synchronized void detach() {
        if (late != null) {
            late.cancel(false);
            late = null;
        }
        if (gone != null) {
            gone.close();
            gone = null;
        }
    }

    /** {@return whether this was the first time} */
    boolean leave() {
        return left.compareAndSet(false, true);
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
}
