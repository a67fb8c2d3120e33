package io.betrue.staticfiles;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Jetty refuses at once, but ends such an answer's connection a moment later.
 *
 * <p>When Jetty 12.1.12 cannot parse a request, one thread sends the answer and then reads on, while the thread that parsed is still about to give
 * the buffer of the connection back: the buffer may come to another connection while it is still read into, and requests of that connection are lost
 * or answered twice. A moment between the two keeps them apart.
 */
final class SlowGoodbye implements Request.Handler {
    private static final long MOMENT_MILLIS = 20;

    private final Request.Handler inner;

    SlowGoodbye(Request.@Nullable Handler inner) {
        this.inner = inner == null ? new ErrorHandler() : inner;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // only a request that was parsed to its end leaves the connection open
        if (request.getConnectionMetaData().isPersistent()) {
            return inner.handle(request, response, callback);
        }
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        return inner.handle(request, response, new Later(request.getComponents().getScheduler(), callback));
    }

    private record Later(Scheduler scheduler, Callback callback) implements Callback {
        @Override
        public void succeeded() {
            scheduler.schedule(callback::succeeded, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void failed(Throwable failure) {
            scheduler.schedule(() -> callback.failed(failure), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
