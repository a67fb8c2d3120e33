package io.betrue.staticfiles;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A browser that listens. Writing never blocks: whoever does not read what was sent is let go. Safe for use by multiple threads. */
final class LiveClient implements WriteListener {
    private static final int MOST_PENDING = 16;

    private final ServletOutputStream out;
    private final Consumer<LiveClient> leave;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private boolean writable;
    private boolean written;

    /**
     * Makes a client of an answer.
     *
     * @param leave told once, when it has gone or was let go
     */
    LiveClient(ServletOutputStream out, Consumer<LiveClient> leave) {
        this.out = out;
        this.leave = leave;
    }

    /** {@return what is completed when it has gone, or was let go} */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    void send(byte[] message) {
        boolean good;
        synchronized (this) {
            good = pending.size() < MOST_PENDING;
            if (good) {
                pending.add(message);
            }
            good = good && (!writable || drain());
        }
        if (!good) {
            close();
        }
    }

    @Override
    public void onWritePossible() {
        boolean good;
        synchronized (this) {
            writable = true;
            good = drain();
        }
        if (!good) {
            close();
        }
    }

    /** {@return whether the client is still there} */
    private boolean drain() {
        try {
            while (!ended.isDone() && out.isReady()) {
                byte[] next = pending.poll();
                if (next != null) {
                    out.write(next);
                    written = true;
                } else if (written) {
                    out.flush();
                    written = false;
                } else {
                    return true;
                }
            }
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void onError(Throwable cause) {
        close();
    }

    void close() {
        // Not under the lock: Javalin runs after-handlers in this call.
        if (ended.complete(null)) {
            leave.accept(this);
        }
    }
}
