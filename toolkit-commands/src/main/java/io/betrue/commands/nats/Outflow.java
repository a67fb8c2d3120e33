package io.betrue.commands.nats;

import io.betrue.commands.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that goes to the other side, as fast as that asks for it. Safe for use by multiple threads; one thread of the executor reads. */
final class Outflow {
    private static final Logger log = LoggerFactory.getLogger(Outflow.class);

    private final Content content;
    private final Outlet outlet;
    private final Executor executor;
    private final Duration idle;
    private final int chunk;
    private final Runnable ended;
    private long credit; // guarded by this, as is all below
    private boolean started;
    private boolean stopped;

    /**
     * @param content what is sent; it is closed at the end, however that comes
     * @param outlet where chunks go
     * @param executor has a thread that reads
     * @param idle how long a reader that asks for nothing is waited for
     * @param chunk how many bytes a frame may have
     * @param ended is run once, when nothing more will be sent
     */
    Outflow(Content content, Outlet outlet, Executor executor, Duration idle, int chunk, Runnable ended) {
        this.content = content;
        this.outlet = outlet;
        this.executor = executor;
        this.idle = idle;
        this.chunk = chunk;
        this.ended = ended;
    }

    /** Takes what the other side says. */
    void take(Frame frame) {
        if (frame.kind() == Frame.Kind.CREDIT) {
            credit(frame.number());
        } else if (frame.kind() == Frame.Kind.STOP) {
            stop();
        }
    }

    private void credit(long bytes) {
        boolean first;
        synchronized (this) {
            if (stopped || bytes <= 0) {
                return;
            }
            credit = Math.min(Limits.WINDOW, credit + Math.min(bytes, Limits.WINDOW));
            first = !started;
            started = true;
            notifyAll();
        }
        if (first) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                outlet.send(Frame.of(Frame.Kind.ABORT));
                stop();
            }
        }
    }

    /** Sends nothing more, and closes what was sent. */
    void stop() {
        boolean idleStill;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            idleStill = !started;
            notifyAll();
        }
        Contents.close(content); // also wakes a thread that reads from it
        if (idleStill) {
            ended.run();
        }
    }

    private void run() {
        try {
            long sent = pump();
            if (sent >= 0) {
                outlet.send(Frame.of(Frame.Kind.END, sent));
            }
        } catch (IOException | RuntimeException e) {
            if (!isStopped()) {
                log.debug("a stream broke on its way to NATS", e);
            }
            outlet.send(Frame.of(Frame.Kind.ABORT));
        } finally {
            synchronized (this) {
                stopped = true;
            }
            Contents.close(content);
            ended.run();
        }
    }

    /** {@return how many bytes there were, or less than zero if nobody wants them any more} */
    private long pump() throws IOException {
        InputStream in = content.stream();
        byte[] buffer = new byte[chunk];
        long sent = 0;
        while (true) {
            int room = await();
            if (room <= 0) {
                return -1;
            }
            int count = in.read(buffer, 0, Math.min(room, chunk)); // what there is now, rather than a whole chunk
            if (count < 0) {
                break;
            }
            spend(count);
            if (!outlet.send(Frame.chunk(sent, Arrays.copyOf(buffer, count)))) {
                throw new IOException("the connection is gone");
            }
            sent += count;
        }
        Long length = content.length();
        if (length != null && length != sent) {
            throw new IOException("the stream had " + sent + " bytes instead of " + length);
        }
        return sent;
    }

    private synchronized int await() throws IOException {
        long end = System.nanoTime() + idle.toNanos();
        while (credit == 0 && !stopped) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IOException("nobody took a byte for " + idle);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return stopped ? 0 : (int) credit;
    }

    private synchronized void spend(int bytes) {
        credit -= bytes;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }
}
