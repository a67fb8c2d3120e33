package io.betrue.errors;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rest of a body and throws it away: to its end, or until there was too much of it, or for too long. It holds no thread while the client
 * is silent.
 */
final class Drain extends Invocable.Task.Abstract {
    private final UnreadBody body;
    private final Callback callback;
    private final UnreadLimit limit;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.READING);
    private volatile boolean late;
    private Scheduler.@Nullable Task deadline;
    private long bytes;

    private enum Phase {
        /** One thread reads. */
        READING,
        /** That thread asks to be called when there is more. */
        ASKING,
        /** There is more already, before the asking is over. */
        ARRIVED,
        /** Nobody is here. */
        WAITING,
        /** The end has been told, or is about to be. */
        DONE
    }

    Drain(UnreadBody body, Callback callback, UnreadLimit limit) {
        super(InvocationType.NON_BLOCKING);
        this.body = body;
        this.callback = callback;
        this.limit = limit;
    }

    void start() {
        while (true) {
            Content.Chunk chunk = body.read();
            if (chunk == null) {
                if (body.isHeldBack()) {
                    finish(); // asking would send a "100 Continue" behind the answer
                    return;
                }
                if (!waitForMore()) {
                    return;
                }
            } else if (isEnough(chunk)) {
                finish();
                return;
            }
        }
    }

    /** Throws a part away; true if it was the last, or one too many. */
    private boolean isEnough(Content.Chunk chunk) {
        bytes += chunk.remaining();
        chunk.release();
        return chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes > limit.bytes() || late;
    }

    /** Gives the thread back until there is more; true if there is more at once. */
    private boolean waitForMore() {
        if (deadline == null) {
            deadline = body.getComponents().getScheduler().schedule(this::expire, limit.patience());
        }
        phase.set(Phase.ASKING);
        body.demand(this);
        if (!phase.compareAndSet(Phase.ASKING, Phase.WAITING)) {
            phase.set(Phase.READING);
            return true;
        }
        if (late) {
            expire();
        }
        return false;
    }

    /** There is more, or the connection has failed, which reading tells. */
    @Override
    public void run() {
        if (!phase.compareAndSet(Phase.ASKING, Phase.ARRIVED) && phase.compareAndSet(Phase.WAITING, Phase.READING)) {
            start();
        }
    }

    /** Closes the connection of a client that takes too long; a thread that reads just now does so itself. */
    private void expire() {
        late = true;
        if (phase.compareAndSet(Phase.WAITING, Phase.DONE)) {
            callback.succeeded();
        }
    }

    private void finish() {
        if (deadline != null) {
            deadline.cancel();
        }
        phase.set(Phase.DONE);
        callback.succeeded();
    }
}
