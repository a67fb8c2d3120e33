package io.betrue.commands.ws;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.commands.Push;
import io.betrue.commands.Reply;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of one connection that are not answered. They begin one after the other and end in many threads; whoever takes one out of here answers it. */
final class Calls {
    private static final Logger log = LoggerFactory.getLogger(Calls.class);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Socket socket;
    private final Sockets sockets;
    private final Map<Long, Cancellation> open = new ConcurrentHashMap<>();

    Calls(Socket socket, Sockets sockets) {
        this.socket = socket;
        this.sockets = sockets;
    }

    boolean has(long number) {
        return open.containsKey(number);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Makes a call, or answers at once why not.
     *
     * @param number the client's number of it
     * @param call the call
     * @throws ProblemException if a call of that number is not answered yet
     */
    void make(long number, Call.Builder call) {
        if (has(number)) {
            throw Message.refused("A call of that id is not answered yet.");
        }
        Cancellation token = new Cancellation();
        Call made = call.cancellation(token).build();
        Problem refusal = refusal(made.address());
        if (refusal != null) {
            socket.send(Written.problem(number, refusal));
            return;
        }
        open.put(number, token);
        sockets.commands().send(made).whenComplete((reply, failure) -> end(number, token, reply, failure));
        if (socket.isEnded()) { // meanwhile
            token.cancel();
        }
    }

    private @Nullable Problem refusal(String address) {
        int most = sockets.settings().maxCalls();
        if (open.size() >= most) {
            return StandardError.RATE_LIMITED
                    .problem()
                    .detail("At most {most} calls of a connection may wait for their answers.", most)
                    .retryAfter(COME_BACK)
                    .build();
        }
        return sockets.streams(address)
                ? unable("Streams do not travel over this connection; call this command over HTTP.")
                : null;
    }

    private static Problem unable(String detail, Object... parameters) {
        return StandardError.UNIMPLEMENTED.problem().detail(detail, parameters).build();
    }

    @SuppressWarnings("NullAway") // a completed stage has a reply or a failure
    private void end(long number, Cancellation token, Reply<Payload> reply, @Nullable Throwable failure) {
        if (failure == null && reply.content() != null) {
            discard(reply.content());
        }
        if (!open.remove(number, token)) {
            return; // somebody answered already
        }
        if (!socket.isEnded()) {
            socket.send(fitting(
                    number, failure == null ? answer(number, reply) : Written.problem(number, problem(failure))));
        }
        sockets.answered();
    }

    private Push answer(long number, Reply<Payload> reply) {
        try {
            return reply.content() == null
                    ? Written.reply(number, reply, sockets.commands().mapper())
                    : Written.problem(
                            number, unable("The answer has a stream, which does not travel over this connection."));
        } catch (RuntimeException e) {
            return Written.problem(number, problem(e));
        }
    }

    private Push fitting(long number, Push answer) {
        return socket.fits(answer)
                ? answer
                : Written.problem(
                        number,
                        unable(
                                "The answer is larger than the {most} bytes that travel over this connection.",
                                sockets.settings().maxUnsent()));
    }

    private static Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        log.error("an answer could not be written", cause);
        return StandardError.INTERNAL.problem().build();
    }

    private static void discard(Content content) {
        try {
            content.close();
        } catch (IOException e) {
            log.debug("a stream that cannot be sent could not be closed", e);
        }
    }

    /** Tells who works on a call that nobody waits for it; if there is none, its answer is on the way. */
    void cancel(long number) {
        Cancellation token = open.get(number);
        if (token != null) {
            token.cancel();
        }
    }

    void cancelAll() {
        open.values().forEach(Cancellation::cancel);
    }

    /** Answers what is still open with a problem, and tells those who work on it. */
    void abandon(Problem why) {
        open.forEach((number, token) -> {
            if (open.remove(number, token)) {
                socket.send(Written.problem(number, why));
                token.cancel();
            }
        });
    }
}
