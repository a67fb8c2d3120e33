package io.betrue.commands.http;

import io.betrue.commands.internal.BrokenOff;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a stream for a handler. It reads from Jetty what the handler asks for and no more, so the client sends as fast as the handler reads. A handler never
 * waits inside Jetty: whoever ends the call wakes it, and the request can be given back while the handler still holds the stream.
 */
final class Upload extends InputStream {
    private final Content.Source source;
    private final Parts parts;
    private final long limit;
    private final Runnable onEnd;
    private final Runnable onBreak;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<Chunk> ready = new ArrayDeque<>(); // guarded by the lock, as is all below
    private long bytes;
    private boolean waiting;
    private boolean ended;
    private @Nullable String broken;
    private @Nullable Problem refusal;

    /** What of the body the handler is given. */
    interface Parts {
        /** All of it. */
        Parts ALL = (chunk, out) -> {
            if (chunk.hasRemaining()) {
                chunk.retain();
                out.add(chunk);
            }
        };

        /**
         * Takes what came.
         *
         * @param chunk what came, which the caller releases; perhaps the last and empty
         * @param out where what the handler is given goes
         * @throws Refusal if the body is not what it should be
         */
        void take(Chunk chunk, Queue<Chunk> out) throws Refusal;
    }

    /** Why a body is read no further. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Refusal(Problem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /**
     * Makes a stream.
     *
     * @param source the body
     * @param parts what of it the handler is given
     * @param limit the most bytes of the whole body
     * @param onEnd is run when all of it was read
     * @param onBreak is run when the client broke off
     */
    Upload(Content.Source source, Parts parts, long limit, Runnable onEnd, Runnable onBreak) {
        this.source = source;
        this.parts = parts;
        this.limit = limit;
        this.onEnd = onEnd;
        this.onBreak = onBreak;
    }

    /** Puts what was read before in front; before anybody reads. */
    void begin(Queue<Chunk> before, long alreadyRead, boolean wasLast) {
        ready.addAll(before);
        bytes = alreadyRead;
        ended = wasLast;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        java.util.Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        Runnable told = null;
        lock.lock();
        try {
            while (true) {
                if (broken != null) {
                    throw new BrokenOff(broken);
                }
                int count = takeReady(target, offset, length);
                if (count > 0 || ended) {
                    return count > 0 ? count : -1;
                }
                told = fill();
                if (told != null && broken != null) {
                    throw new BrokenOff(broken);
                }
            }
        } finally {
            lock.unlock();
            if (told != null) {
                told.run();
            }
        }
    }

    private int takeReady(byte[] target, int offset, int length) {
        int count = 0;
        Chunk chunk = ready.peek();
        while (chunk != null && count < length) {
            count += chunk.get(target, offset + count, length - count);
            if (!chunk.hasRemaining()) {
                ready.remove();
                chunk.release();
            }
            chunk = ready.peek();
        }
        return count;
    }

    /** Reads what there is, or waits until there is something; gives whom to tell of the end of it. */
    private @Nullable Runnable fill() throws InterruptedIOException {
        Chunk chunk = source.read();
        if (chunk == null) {
            waiting = true;
            source.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::wake));
            await();
            return null;
        }
        if (Chunk.isFailure(chunk)) {
            return fail(chunk.getFailure());
        }
        try {
            bytes += chunk.remaining();
            if (bytes > limit) {
                throw new Refusal(tooLarge(limit));
            }
            parts.take(chunk, ready);
            ended = chunk.isLast();
        } catch (Refusal e) {
            refusal = e.problem();
            stop("the body was refused");
            return () -> {};
        } finally {
            chunk.release();
        }
        return ended ? onEnd : null;
    }

    private Runnable fail(@Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            refusal = StandardError.REQUEST_TIMEOUT.problem().build();
            stop("the client sent nothing for too long");
            return () -> {};
        }
        stop("the client broke off");
        return onBreak;
    }

    private void await() throws InterruptedIOException {
        try {
            while (waiting && broken == null) {
                arrived.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while a body was read").initCause(e);
        }
    }

    private void wake() {
        lock.lock();
        try {
            waiting = false;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody read any more: the request is about to be given back. */
    void abandon(String why) {
        lock.lock();
        try {
            stop(why);
        } finally {
            lock.unlock();
        }
    }

    private void stop(String why) {
        if (broken == null) {
            broken = why;
        }
        ready.forEach(Chunk::release);
        ready.clear();
        arrived.signalAll();
    }

    /** Why the body was not taken, which is the answer whatever the handler made of it; null if it was. */
    @Nullable
    Problem refusal() {
        lock.lock();
        try {
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        abandon("the stream is closed");
    }

    static Problem tooLarge(long limit) {
        return StandardError.PAYLOAD_TOO_LARGE.problem().with("limit", limit).build();
    }
}
