package io.betrue.commands.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The socket of an HTTP/1 connection, which is also looked at while a request is handled: then Jetty has no interest in it, and does not notice that the client closes it.
 *
 * <p>Looking means reading. What is read too early, the start of a pipelined request, is kept for the connection; where that is more than a little, nothing more is seen.
 */
final class WatchedEndPoint implements EndPoint, EndPoint.Wrapper {
    private static final int AHEAD = 1_024;

    private final EndPoint inner;
    private final Callback readable = new Wakeable();
    private final Object lock = new Object();
    private @Nullable Callback reader; // the connection's; guarded by the lock, as is all below
    private @Nullable Runnable watcher;
    private @Nullable ByteBuffer ahead; // made for reading, in Jetty's way
    private boolean asked; // whether the socket was asked to tell when there is something

    WatchedEndPoint(EndPoint inner) {
        this.inner = inner;
    }

    /**
     * Tells once when the client closes the connection, also one half of it. All of the request's body must have been read.
     *
     * @param gone what to do; quick
     */
    void watch(Runnable gone) {
        synchronized (lock) {
            watcher = gone;
            if (asked || isFull()) {
                return;
            }
            asked = true;
        }
        inner.fillInterested(readable);
    }

    /** Ends what {@link #watch} began, unless somebody else watches now. */
    void forget(Runnable gone) {
        synchronized (lock) {
            if (watcher == gone) {
                watcher = null;
            }
        }
    }

    /** What the socket tells: to the connection if it waits, else to whoever watches. */
    private final class Wakeable implements Callback {
        @Override
        public void succeeded() {
            Callback told;
            Runnable gone = null;
            boolean again = false;
            synchronized (lock) {
                asked = false;
                told = reader;
                reader = null;
                if (told == null && watcher != null) {
                    if (isClosed()) {
                        gone = watcher;
                        watcher = null;
                    } else {
                        again = !isFull();
                        asked = again;
                    }
                }
            }
            if (told != null) {
                told.succeeded();
            } else if (gone != null) {
                gone.run();
            } else if (again) {
                inner.fillInterested(this);
            }
        }

        @Override
        public void failed(Throwable failure) {
            Callback told;
            Runnable gone = null;
            boolean again = false;
            synchronized (lock) {
                asked = false;
                told = reader;
                reader = null;
                if (told == null && watcher != null) {
                    again = failure instanceof TimeoutException;
                    asked = again;
                    gone = again ? null : watcher;
                    watcher = again ? watcher : null;
                }
            }
            if (told != null) {
                told.failed(failure);
            } else if (gone != null) {
                gone.run();
            } else if (again) {
                inner.fillInterested(this);
            }
        }

        @Override
        public InvocationType getInvocationType() {
            synchronized (lock) {
                return reader == null ? InvocationType.BLOCKING : reader.getInvocationType();
            }
        }
    }

    private boolean isFull() {
        return ahead != null && BufferUtil.space(ahead) == 0;
    }

    private boolean isClosed() {
        ByteBuffer room = ahead == null ? BufferUtil.allocate(AHEAD) : ahead;
        ahead = room;
        try {
            return inner.fill(room) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (lock) {
            if (ahead != null && ahead.hasRemaining()) {
                int before = buffer.remaining();
                BufferUtil.append(buffer, ahead);
                if (!ahead.hasRemaining()) {
                    ahead = null;
                }
                return buffer.remaining() - before;
            }
            return inner.fill(buffer);
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!tryFillInterested(callback)) {
            throw new ReadPendingException();
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        boolean ask = false;
        boolean now;
        synchronized (lock) {
            if (reader != null) {
                return false;
            }
            now = ahead != null && ahead.hasRemaining();
            if (!now) {
                reader = callback;
                ask = !asked;
                asked = true;
            }
        }
        if (ask) {
            inner.fillInterested(readable);
        } else if (now) {
            callback.succeeded();
        }
        return true;
    }

    @Override
    public boolean isFillInterested() {
        synchronized (lock) {
            return reader != null;
        }
    }

    @Override
    public EndPoint unwrap() {
        return inner;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return inner.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return inner.getRemoteSocketAddress();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public long getCreatedTimeStamp() {
        return inner.getCreatedTimeStamp();
    }

    @Override
    public void shutdownOutput() {
        inner.shutdownOutput();
    }

    @Override
    public boolean isOutputShutdown() {
        return inner.isOutputShutdown();
    }

    @Override
    public boolean isInputShutdown() {
        return inner.isInputShutdown();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        inner.close(cause);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return inner.flush(buffers);
    }

    @Override
    public Object getTransport() {
        return inner.getTransport();
    }

    @Override
    public long getIdleTimeout() {
        return inner.getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long idleTimeout) {
        inner.setIdleTimeout(idleTimeout);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        inner.write(callback, buffers);
    }

    @Override
    public Callback cancelWrite(Throwable cause) {
        return inner.cancelWrite(cause);
    }

    @Override
    public Connection getConnection() {
        return inner.getConnection();
    }

    @Override
    public void setConnection(Connection connection) {
        inner.setConnection(connection);
    }

    @Override
    public void onOpen() {
        inner.onOpen();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        inner.onClose(cause);
    }

    @Override
    public void upgrade(Connection newConnection) {
        inner.upgrade(newConnection);
    }

    @Override
    public @Nullable SslSessionData getSslSessionData() {
        return inner.getSslSessionData();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }
}
