package io.betrue.commands.http;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to a command and back. No thread waits for the handler. */
final class HttpCall {
    private static final Logger log = LoggerFactory.getLogger(HttpCommands.class);

    private final Context ctx;
    private final Commands commands;
    private final Server server;
    private final ServletContextRequest request;
    private final io.opentelemetry.context.Context around = io.opentelemetry.context.Context.current();
    private final Cancellation token = new Cancellation();
    private final CompletableFuture<@Nullable Void> answered = new CompletableFuture<>();
    private final Intake intake;

    /**
     * What all requests have in common.
     *
     * @param commands the commands
     * @param settings what was chosen
     * @param senders who sends streams
     */
    record Server(Commands commands, HttpSettings settings, Senders senders) {}

    HttpCall(Context ctx, Server server) {
        this.ctx = ctx;
        this.server = server;
        this.commands = server.commands();
        this.request = ServletContextRequest.getServletContextRequest(ctx.req());
        this.intake = new Intake(ctx, request, server, token);
    }

    /**
     * Calls.
     *
     * @param address the command
     * @param mayStream whether it takes a stream, or may do so as far as is known here
     * @param rest the other way in that the request came, or null
     * @return is done when the reply is the result of the request; fails with a problem
     */
    CompletableFuture<@Nullable Void> start(String address, boolean mayStream, @Nullable RestRoute rest) {
        try {
            Call.Builder call = Call.to(address)
                    .headers(RequestHead.headers(ctx, server.settings().headers(), around))
                    .deadline(RequestHead.deadline(ctx))
                    .cancellation(token)
                    .external(true)
                    .by("http", ctx.req().getRemoteAddr());
            Disconnects.listen(request, token);
            var unused = intake.take(mayStream, rest)
                    .thenCompose(taken -> commands.send(
                            call.input(taken.input()).content(taken.content()).build()))
                    .whenComplete(this::hand);
        } catch (ProblemException e) {
            answered.completeExceptionally(Refused.of(ctx, e.problem()));
        }
        return answered;
    }

    /** Goes on in another thread than the handler's, which a slow client must not hold. */
    private void hand(@Nullable Reply<Payload> reply, @Nullable Throwable failure) {
        Upload stream = intake.upload();
        Problem refusal = stream == null ? null : stream.refusal();
        if (stream != null) {
            stream.abandon("the call has ended");
        }
        try {
            if (reply == null || refusal != null) {
                close(reply);
                Problem problem = refusal != null ? refusal : problem(failure);
                onward(() -> answered.completeExceptionally(Refused.of(ctx, problem)));
            } else if (reply.content() == null) {
                onward(() -> answer(reply));
            } else {
                Request.addCompletionListener(request, ended -> close(reply));
                token.onCancel(() -> close(reply));
                server.senders().execute(() -> answer(reply));
            }
        } catch (RejectedExecutionException e) {
            close(reply);
            answered.completeExceptionally(
                    Refused.of(ctx, StandardError.UNAVAILABLE.problem().build()));
        }
    }

    private void onward(Runnable step) {
        request.getComponents().getExecutor().execute(step);
    }

    private void answer(Reply<Payload> reply) {
        try {
            Answers.write(ctx, reply, commands.mapper());
        } catch (RuntimeException e) {
            log.error("the reply of {} cannot be sent", ctx.path(), e);
            close(reply);
            answered.completeExceptionally(
                    Refused.of(ctx, StandardError.INTERNAL.problem().build()));
            return;
        }
        answered.complete(null);
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        log.error("a request failed before it was a call", cause);
        return StandardError.INTERNAL.problem().build();
    }

    private static void close(@Nullable Reply<Payload> reply) {
        Content content = reply == null ? null : reply.content();
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                log.debug("a stream could not be closed", e);
            }
        }
    }
}
