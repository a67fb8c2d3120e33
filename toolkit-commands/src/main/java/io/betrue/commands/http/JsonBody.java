package io.betrue.commands.http;

import io.betrue.errors.StandardError;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** Reads a body into memory without holding a thread while the client is slow. */
final class JsonBody extends Invocable.Task.Abstract {
    private final Request request;
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> read = new CompletableFuture<>();

    private JsonBody(Request request, int limit) {
        super(InvocationType.NON_BLOCKING);
        this.request = request;
        this.limit = limit;
    }

    /**
     * Reads.
     *
     * @param request a request whose body nobody has read
     * @param limit the most bytes
     * @return the body; fails with a problem
     */
    static CompletableFuture<byte[]> read(Request request, int limit) {
        if (request.getLength() > limit) {
            return CompletableFuture.failedFuture(Upload.tooLarge(limit).toException());
        }
        JsonBody body = new JsonBody(request, limit);
        body.run();
        return body.read;
    }

    @Override
    public void run() {
        while (!read.isDone()) {
            Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            take(chunk);
        }
    }

    private void take(Chunk chunk) {
        if (Chunk.isFailure(chunk)) {
            read.completeExceptionally(failed(chunk.getFailure()));
            return;
        }
        boolean fits = bytes.size() + chunk.remaining() <= limit;
        if (fits) {
            byte[] some = new byte[chunk.remaining()];
            chunk.get(some, 0, some.length);
            bytes.writeBytes(some);
        }
        boolean last = chunk.isLast();
        chunk.release();
        if (!fits) {
            read.completeExceptionally(Upload.tooLarge(limit).toException());
        } else if (last) {
            read.complete(bytes.toByteArray());
        }
    }

    static RuntimeException failed(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                ? StandardError.REQUEST_TIMEOUT.problem().toException()
                : StandardError.BAD_REQUEST
                        .problem()
                        .detail("The body ends early.")
                        .toException();
    }
}
