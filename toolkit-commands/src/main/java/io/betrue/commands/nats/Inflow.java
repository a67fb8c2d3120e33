package io.betrue.commands.nats;

import io.betrue.commands.internal.BrokenOff;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream that comes from the other side: it asks for no more bytes than it has room for, so that a slow reader slows down the writer, and what it does not know to be
 * complete ends with an exception. Frames come in on any thread, one thread reads.
 */
final class Inflow extends InputStream {
    private final Outlet outlet;
    private final Duration idle;
    private final Runnable ended;
    private final Function<String, IOException> broken;
    private final Queue<byte[]> chunks = new ArrayDeque<>(); // guarded by this, as is all below
    private byte[] current = Wire.NOTHING;
    private int at;
    private long received;
    private long consumed;
    private int taken;
    private boolean asked;
    private boolean complete;
    private boolean closed;
    private @Nullable String failure;

    /**
     * @param outlet where credit goes
     * @param idle how long a reader waits for a byte
     * @param ended is run once, when nothing more will come or is wanted
     */
    Inflow(Outlet outlet, Duration idle, Runnable ended) {
        this(outlet, idle, ended, IOException::new);
    }

    private Inflow(Outlet outlet, Duration idle, Runnable ended, Function<String, IOException> broken) {
        this.outlet = outlet;
        this.idle = idle;
        this.ended = ended;
        this.broken = broken;
    }

    /** {@return what the caller of a command sends beside its input} */
    static Inflow ofCaller(Outlet outlet, Duration idle) {
        return new Inflow(outlet, idle, () -> {}, BrokenOff::new);
    }

    /** Takes what the other side says; what does not follow on what came before breaks the stream. */
    void take(Frame frame) {
        switch (frame.kind()) {
            case CHUNK -> chunk(frame);
            case END -> end(frame.number());
            case ABORT -> fail("the sender broke off");
            default -> {}
        }
    }

    private void chunk(Frame frame) {
        boolean refused;
        synchronized (this) {
            if (closed || complete || failure != null) {
                return;
            }
            refused = frame.number() != received || !asked || received - consumed + frame.body().length > Limits.WINDOW;
            if (!refused) {
                received += frame.body().length;
                chunks.add(frame.body());
                notifyAll();
            }
        }
        if (refused) {
            fail("bytes are missing after the first " + received);
            outlet.send(Frame.of(Frame.Kind.STOP));
        }
    }

    private void end(long length) {
        boolean cut;
        synchronized (this) {
            cut = length != received;
            complete = !cut;
            notifyAll();
        }
        if (cut) {
            fail("it ended after " + length + " bytes, of which " + received + " came");
        } else {
            ended.run();
        }
    }

    /** Breaks the stream. */
    void fail(String why) {
        synchronized (this) {
            if (complete || failure != null || closed) {
                return;
            }
            failure = why;
            chunks.clear();
            notifyAll();
        }
        ended.run();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        long credit = 0;
        int count;
        synchronized (this) {
            if (!asked && !closed && failure == null) {
                asked = true;
                outlet.send(Frame.of(Frame.Kind.CREDIT, Limits.WINDOW));
            }
            if (at == current.length && !next()) {
                return -1;
            }
            count = Math.min(length, current.length - at);
            System.arraycopy(current, at, into, offset, count);
            at += count;
            consumed += count;
            taken += count;
            if (taken >= Limits.WINDOW / 4 && !complete) {
                credit = taken;
                taken = 0;
            }
        }
        if (credit > 0) {
            outlet.send(Frame.of(Frame.Kind.CREDIT, credit));
        }
        return count;
    }

    /** Waits for a chunk; false at the end. */
    private boolean next() throws IOException {
        long end = System.nanoTime() + idle.toNanos();
        while (chunks.isEmpty()) {
            if (failure != null || closed) {
                throw broken.apply("the stream broke: " + (failure == null ? "it is closed" : failure));
            }
            if (complete) {
                return false;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                failure = "no byte came for " + idle;
                outlet.send(Frame.of(Frame.Kind.STOP));
                ended.run();
                continue;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a stream was read");
            }
        }
        current = chunks.remove();
        at = 0;
        return true;
    }

    @Override
    public synchronized int available() {
        return current.length - at;
    }

    /** Stops the sender, unless all is here. */
    @Override
    public void close() {
        boolean stop;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            stop = !complete && failure == null;
            chunks.clear();
            current = Wire.NOTHING;
            at = 0;
            notifyAll();
        }
        if (stop) {
            outlet.send(Frame.of(Frame.Kind.STOP));
            ended.run();
        }
    }
}
