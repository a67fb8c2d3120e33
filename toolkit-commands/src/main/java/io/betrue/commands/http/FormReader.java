package io.betrue.commands.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads a form up to where its file begins, without holding a thread while the client is slow. */
final class FormReader extends Invocable.Task.Abstract {
    private final Request request;
    private final FormParts parts;
    private final long limit;
    private final CompletableFuture<Head> read = new CompletableFuture<>();
    private final Queue<Chunk> begun = new ArrayDeque<>();
    private long bytes;

    /**
     * What was read.
     *
     * @param parts the parts
     * @param begun the beginning of the file
     * @param bytes how many bytes of the body were read
     * @param last whether that was all
     */
    record Head(FormParts parts, Queue<Chunk> begun, long bytes, boolean last) {}

    private FormReader(Request request, FormParts parts, long limit) {
        super(InvocationType.NON_BLOCKING);
        this.request = request;
        this.parts = parts;
        this.limit = limit;
    }

    /** Reads; the stage fails with a problem. */
    static CompletableFuture<Head> read(Request request, FormParts parts, long limit) {
        FormReader reader = new FormReader(request, parts, limit);
        reader.run();
        return reader.read;
    }

    @Override
    public void run() {
        while (!read.isDone()) {
            Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Chunk.isFailure(chunk)) {
                read.completeExceptionally(JsonBody.failed(chunk.getFailure()));
                return;
            }
            take(chunk);
        }
    }

    private void take(Chunk chunk) {
        bytes += chunk.remaining();
        boolean last = chunk.isLast();
        try {
            if (bytes > limit) {
                throw new Upload.Refusal(Upload.tooLarge(limit));
            }
            parts.take(chunk, begun);
            if (parts.isFileSeen() || last) {
                read.complete(new Head(parts, begun, bytes, last));
            }
        } catch (Upload.Refusal e) {
            read.completeExceptionally(e.problem().toException());
        } finally {
            chunk.release();
        }
    }
}
