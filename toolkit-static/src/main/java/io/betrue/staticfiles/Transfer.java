package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer piece by piece without holding a thread while the client reads. It may read a disk, so it stays the blocking kind of callback
 * that Jetty never runs on a selector.
 */
final class Transfer extends IteratingCallback {
    private final Chunks chunks;
    private final Response response;
    private final Callback callback;

    Transfer(Chunks chunks, Response response, Callback callback) {
        this.chunks = chunks;
        this.response = response;
        this.callback = callback;
    }

    @Override
    protected Action process() throws IOException {
        if (!chunks.hasNext()) {
            return Action.SUCCEEDED;
        }
        ByteBuffer piece = chunks.next();
        response.write(!chunks.hasNext(), piece, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        end(null);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        end(cause);
    }

    private void end(@Nullable Throwable cause) {
        Throwable failure = cause;
        try {
            chunks.close();
        } catch (IOException e) {
            failure = cause == null ? e : cause;
        }
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
    }
}
