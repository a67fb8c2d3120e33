package io.betrue.commands.http;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Content;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.internal.ClientSpans;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.errors.TraceId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way to another process and back. */
final class ClientCall {
    private static final Logger log = LoggerFactory.getLogger(HttpTarget.class);

    private final HttpTarget target;
    private final Call call;
    private final CompletableFuture<Reply<Payload>> promise = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> late = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Queue<Runnable> cleanUp = new ConcurrentLinkedQueue<>();

    ClientCall(HttpTarget target, Call call) {
        this.target = target;
        this.call = call;
    }

    CompletionStage<Reply<Payload>> refuse(Problem.Builder why) {
        closeUpload();
        promise.completeExceptionally(ofTrace(why.toException()));
        return promise;
    }

    CompletionStage<Reply<Payload>> start(URI uri) {
        Deadline deadline = call.deadline() == null ? Deadline.in(target.timeout) : call.deadline();
        StandardError over = call.cancellation().reason();
        if (over != null || deadline.isExpired()) {
            target.leave(this);
            return refuse((over == null ? StandardError.DEADLINE_EXCEEDED : over).problem());
        }
        ClientSpans.Sent span = target.spans.begin(call);
        CompletableFuture<HttpResponse<Incoming.Body>> exchange;
        try {
            Headers headers = span.under(call.headers());
            byte[] input = call.input().bytes(target.mapper);
            HttpRequest request = Outgoing.request(uri, call, headers, input, deadline.remaining());
            exchange = target.http.sendAsync(request, info -> Incoming.body(info, target.replyLimit));
        } catch (RuntimeException e) {
            target.leave(this);
            ProblemException failure = problem(e);
            span.end(failure);
            closeUpload();
            promise.completeExceptionally(ofTrace(failure));
            return promise;
        }
        endWith(exchange, span, deadline);
        return promise;
    }

    private void endWith(
            CompletableFuture<HttpResponse<Incoming.Body>> exchange, ClientSpans.Sent span, Deadline deadline) {
        cleanUp.add(() -> exchange.cancel(true));
        Cancellation.Registration gone = call.cancellation().onCancel(() -> end(null, problem(reason())));
        cleanUp.add(gone::close);
        var unusedTimer = late.orTimeout(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((done, timeout) -> {
                    if (timeout != null) {
                        end(null, problem(StandardError.DEADLINE_EXCEEDED));
                    }
                });
        var unusedAnswer = exchange.whenComplete(this::answer);
        var unusedSpan = promise.whenComplete((reply, failure) -> span.end(failure == null ? null : problem(failure)));
        if (ended.get()) {
            cleanUp();
        }
    }

    /** Ends the call once, its place among those in flight first: whoever gets the reply may call again. */
    private boolean end(@Nullable Reply<Payload> reply, @Nullable ProblemException failure) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        if (reply == null || reply.content() == null) {
            target.leave(this);
        }
        cleanUp();
        if (reply == null) {
            closeUpload();
            promise.completeExceptionally(ofTrace(failure == null ? problem(StandardError.INTERNAL) : failure));
        } else {
            promise.complete(reply);
        }
        return true;
    }

    /** Failures that were made here belong to the call's trace too. */
    private ProblemException ofTrace(ProblemException failure) {
        String trace = TraceId.ofTraceparent(call.headers().get("traceparent"));
        if (trace == null || failure.problem().traceId() != null) {
            return failure;
        }
        ProblemException named = failure.problem().ofTrace(trace).toException();
        named.initCause(failure.getCause() == null ? failure : failure.getCause());
        return named;
    }

    private void cleanUp() {
        late.complete(null);
        for (Runnable task = cleanUp.poll(); task != null; task = cleanUp.poll()) {
            task.run();
        }
    }

    private static ProblemException problem(StandardError code) {
        return code.problem().toException();
    }

    private void answer(@Nullable HttpResponse<Incoming.Body> response, @Nullable Throwable failure) {
        if (response == null) {
            end(null, problem(failure));
            return;
        }
        try {
            Reply<Payload> reply = counted(Incoming.reply(response, target.catalogue));
            if (!end(reply, null)) {
                close(reply.content());
            }
        } catch (RuntimeException e) {
            end(null, problem(e));
        }
    }

    /** The reply, whose stream counts as in flight until it is closed or at its end. */
    private Reply<Payload> counted(Reply<Payload> reply) {
        Content content = reply.content();
        return content == null
                ? reply
                : reply.content(new Content(
                        new Counted(content.stream()), content.length(), content.mediaType(), content.fileName()));
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read < 0) {
                target.leave(ClientCall.this);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
                target.leave(ClientCall.this);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            target.leave(ClientCall.this);
            super.close();
        }
    }

    void abandon() {
        end(null, problem(StandardError.CANCELLED));
    }

    private StandardError reason() {
        StandardError why = call.cancellation().reason();
        return why == null ? StandardError.CANCELLED : why;
    }

    private static ProblemException problem(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException known) {
            return known;
        }
        StandardError code = cause instanceof HttpConnectTimeoutException
                ? StandardError.UNAVAILABLE
                : cause instanceof HttpTimeoutException
                        ? StandardError.DEADLINE_EXCEEDED
                        : cause instanceof LimitedBytes.TooLarge || causedByTooLarge(cause)
                                ? StandardError.BAD_GATEWAY
                                : cause instanceof IOException ? StandardError.UNAVAILABLE : StandardError.INTERNAL;
        Problem.Builder problem = code.problem();
        return cause == null ? problem.toException() : problem.cause(cause).toException();
    }

    private static boolean causedByTooLarge(@Nullable Throwable failure) {
        return failure != null && failure.getCause() instanceof LimitedBytes.TooLarge;
    }

    private void closeUpload() {
        close(call.content());
    }

    private static void close(@Nullable Content content) {
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                log.debug("a stream could not be closed", e);
            }
        }
    }
}
