package io.betrue.commands.ws;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Content;
import io.betrue.commands.Headers;
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
    private final Map<Long, Open> open = new ConcurrentHashMap<>();

    /** A call that is not answered: who tells its handler that nobody waits, and its headers, which say in what language its caller reads. */
    private record Open(Cancellation token, Headers headers) {}

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
            socket.send(problem(number, refusal, made.headers()));
            return;
        }
        Open one = new Open(token, made.headers());
        open.put(number, one);
        sockets.commands().send(made).whenComplete((reply, failure) -> end(number, one, reply, failure));
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
    private void end(long number, Open one, Reply<Payload> reply, @Nullable Throwable failure) {
        if (failure == null && reply.content() != null) {
            discard(reply.content());
        }
        if (!open.remove(number, one)) {
            return; // somebody answered already
        }
        if (!socket.isEnded()) {
            Push answer = failure == null
                    ? answer(number, reply, one.headers())
                    : problem(number, cause(failure), one.headers());
            socket.send(fitting(number, answer, one.headers()));
        }
        sockets.answered();
    }

    private Push answer(long number, Reply<Payload> reply, Headers headers) {
        try {
            return reply.content() == null
                    ? Written.reply(number, reply, sockets.commands().mapper())
                    : problem(
                            number,
                            unable("The answer has a stream, which does not travel over this connection."),
                            headers);
        } catch (RuntimeException e) {
            return problem(number, cause(e), headers);
        }
    }

    private Push fitting(long number, Push answer, Headers headers) {
        return socket.fits(answer)
                ? answer
                : problem(
                        number,
                        unable(
                                "The answer is larger than the {most} bytes that travel over this connection.",
                                sockets.settings().maxUnsent()),
                        headers);
    }

    private Push problem(long number, Problem problem, Headers headers) {
        return Written.problem(number, sockets.told(problem, headers));
    }

    private static Problem cause(Throwable failure) {
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
        Open one = open.get(number);
        if (one != null) {
            one.token().cancel();
        }
    }

    void cancelAll() {
        open.values().forEach(one -> one.token().cancel());
    }

    /** Answers what is still open with a problem, and tells those who work on it. */
    void abandon(Problem why) {
        open.forEach((number, one) -> {
            if (open.remove(number, one)) {
                socket.send(problem(number, why, one.headers()));
                one.token().cancel();
            }
        });
    }
}
