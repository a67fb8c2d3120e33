package io.betrue.errors;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A request with a body, and at once the callback of its end: it sees how far the body was read, and where that is not to its end, it reads on before
 * the end is told to Jetty. One object for both, since every request with a body needs one.
 */
final class UnreadBody extends Request.Wrapper implements Callback {
    private final Response response;
    private final Callback callback;
    private final UnreadLimit limit;
    private volatile boolean ended;
    private volatile boolean demanded;
    private volatile boolean awaited;

    UnreadBody(Request request, Response response, Callback callback, UnreadLimit limit) {
        super(request);
        this.response = response;
        this.callback = callback;
        this.limit = limit;
        this.awaited = request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** Whether the client holds the body back until it is asked for it, and nobody has asked yet. */
    boolean isHeldBack() {
        return awaited;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        if (chunk != null && chunk.isLast()) {
            ended = true;
        }
        if (awaited && chunk != null && chunk.hasRemaining()) {
            awaited = false;
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        demanded = true;
        awaited = false; // Jetty asks the client now
        super.demand(new Invocable.ReadyTask(Invocable.getInvocationType(demandCallback), () -> {
            demanded = false;
            demandCallback.run();
        }));
    }

    /**
     * Is called before the answer is sent, to read what there is at that moment; what Jetty does here makes it impossible to read more later. All is
     * left to {@link #succeeded()}, and the client is told where that will not be enough.
     */
    @Override
    public boolean consumeAvailable() {
        long left = getLength() - Request.getContentBytesRead(this);
        if (!ended && left > limit.bytes() && !response.isCommitted()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        return ended;
    }

    @Override
    public void succeeded() {
        // somebody still reads, or Jetty has to send the rest of the answer first
        if (ended || demanded || !response.hasLastWrite()) {
            callback.succeeded();
        } else {
            new Drain(this, callback, limit).start();
        }
    }

    @Override
    public void failed(Throwable failure) {
        callback.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return callback.getInvocationType();
    }
}
