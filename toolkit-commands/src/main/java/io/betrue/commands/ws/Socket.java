package io.betrue.commands.ws;

import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Connection;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.commands.Push;
import io.betrue.commands.internal.Outbox;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.errors.WebSocketClose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client's connection. Messages come one after the other; all else comes from many threads. */
final class Socket implements Connection {
    private static final String AUTHORIZATION = "authorization";
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final int MISTAKES = 10;
    private static final double FORGIVEN_PER_SECOND = MISTAKES / 60.0;

    private final String id;
    private final String peer;
    private final Sockets sockets;
    private final Settings settings;
    private final Outbox outbox;
    private final Bucket rate;
    private final Bucket mistakes;
    private final Cancellation ended = new Cancellation();
    private final Calls calls;
    private Headers own; // what every call carries; used by whoever brings messages
    private volatile boolean closing; // only ever becomes true
    private volatile long heardAt;
    private volatile long pingedAt;

    Socket(String id, String peer, Headers own, Sockets sockets, Outbox outbox) {
        this.id = id;
        this.peer = peer;
        this.own = own;
        this.sockets = sockets;
        this.settings = sockets.settings();
        this.calls = new Calls(this, sockets);
        this.outbox = outbox;
        long now = System.nanoTime();
        this.rate = new Bucket(settings.perSecond(), settings.burst(), now);
        this.mistakes = new Bucket(FORGIVEN_PER_SECOND, MISTAKES, now);
        this.heardAt = now;
        this.pingedAt = now;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public boolean send(Push push) {
        boolean taken = outbox.send(push);
        if (!taken) {
            closing = true;
        }
        return taken;
    }

    @Override
    public void close(Problem why) {
        close(WebSocketClose.of(why));
    }

    void close(WebSocketClose how) {
        closing = true;
        outbox.close(how);
    }

    @Override
    public Cancellation.Registration onClose(Runnable listener) {
        return ended.onCancel(listener);
    }

    /** The connection has ended: nobody waits for its calls any more. */
    void closed() {
        outbox.closed();
        ended.cancel();
        calls.cancelAll();
    }

    /** {@return what ended it: the code of what it was closed for, or {@code CLIENT} if this side did not close it} */
    String endedBy() {
        WebSocketClose how = outbox.closedBy();
        if (how == null) {
            return "CLIENT";
        }
        int colon = how.reason().indexOf(':');
        return colon < 0 ? how.reason() : how.reason().substring(0, colon);
    }

    boolean isEnded() {
        return ended.isCancelled();
    }

    boolean fits(Push push) {
        return outbox.fits(push.size());
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    void abandonCalls(Problem why) {
        calls.abandon(why);
    }

    // ---- what comes

    void receive(String text) {
        long now = System.nanoTime();
        heardAt = now;
        if (closing) {
            return; // what was sent before the client knew
        }
        Bucket.Taken taken = rate.take(now);
        if (taken == Bucket.Taken.FAR_TOO_MANY) {
            close(tooMany());
            return;
        }
        Message message = new Message(text.getBytes(StandardCharsets.UTF_8));
        try {
            Message.Kind kind = message.read();
            boolean cheap = kind == Message.Kind.CANCEL || kind == Message.Kind.PONG;
            if (taken == Bucket.Taken.YES || cheap) {
                act(kind, message);
            } else {
                send(Written.problem(unused(message.id()), sockets.told(tooMany(), own)));
            }
        } catch (ProblemException e) {
            refuse(message.id(), e.problem(), now);
        }
    }

    private static Problem tooMany() {
        return StandardError.RATE_LIMITED.problem().retryAfter(COME_BACK).build();
    }

    /** Says what is wrong with a message, and ends it with who makes one mistake after the other. */
    private void refuse(@Nullable Long call, Problem why, long now) {
        send(Written.problem(unused(call), sockets.told(why, own)));
        if (mistakes.take(now) != Bucket.Taken.YES) {
            close(why);
        }
    }

    /** {@return the number, unless a call has it whose answer this would be taken for} */
    private @Nullable Long unused(@Nullable Long number) {
        return number != null && calls.has(number) ? null : number;
    }

    private void act(Message.Kind kind, Message message) {
        switch (kind) {
            case CALL -> call(message);
            case CANCEL -> calls.cancel(message.knownId());
            case AUTH -> {
                String token = message.text();
                own = token == null
                        ? own.only(sockets.withoutCredentials())
                        : with(own, Map.of(AUTHORIZATION, "Bearer " + token));
            }
            case PING -> send(Written.pong(message.beat()));
            case PONG -> {} // it was heard
        }
    }

    private static Headers with(Headers base, Map<String, String> more) {
        try {
            return base.and(Headers.of(more));
        } catch (IllegalArgumentException e) {
            throw Message.refused("A header is malformed or too long, or there are too many.");
        }
    }

    private void call(Message message) {
        String address = message.text();
        if (address == null) {
            throw new IllegalStateException("a call without an address was read");
        }
        Map<String, String> allowed = new LinkedHashMap<>(message.headers());
        allowed.keySet().retainAll(sockets.headers());
        Call.Builder call = Call.to(address)
                .input(Payload.ofJson(message.input()))
                .headers(with(own, allowed))
                .external(true)
                .by("websocket", peer)
                .connection(this);
        Long timeout = message.timeout();
        if (timeout != null) {
            call.deadline(Deadline.in(Duration.ofMillis(timeout)));
        }
        calls.make(message.knownId(), call);
    }

    // ---- the heart-beat

    /** Asks a client that has said nothing for a while, and closes the connection if it does not answer. */
    void beat(long now) {
        long silent = now - heardAt;
        long interval = settings.heartbeat().toNanos();
        if (silent > interval + settings.patience().toNanos()) {
            close(StandardError.REQUEST_TIMEOUT
                    .problem()
                    .detail("Nothing was heard from the client.")
                    .build());
        } else if (silent > interval && now - pingedAt > interval) {
            pingedAt = now;
            send(Written.ping(now & Integer.MAX_VALUE));
        }
    }
}
