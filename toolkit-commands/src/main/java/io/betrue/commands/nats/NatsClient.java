package io.betrue.commands.nats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.Content;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.commands.internal.ClientSpans;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls over NATS; made by {@link NatsCommands#client}. Where nobody serves a command, or the connection is down, a call fails as UNAVAILABLE at once; one whose
 * connection breaks or whose service dies meanwhile fails as UNAVAILABLE too, and nobody knows whether it was done. It neither makes nor closes the connection. Safe for
 * use by multiple threads.
 */
public final class NatsClient implements Target, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NatsClient.class);
    private static final int RADIX = 36;
    private static final int TICK_MILLIS = 250;

    private final Publisher publisher;
    private final Connection connection;
    private final Subjects subjects;
    private final ObjectMapper mapper;
    private final ReplyReader reader;
    private final Outgoing outgoing;
    private final ClientSpans spans;
    private final Duration idle;
    private final Room room;
    private final String inbox;
    private final Dispatcher dispatcher;
    private final ConnectionListener listener = Down.then(this::lost);
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Pending> calls = new ConcurrentHashMap<>();
    private final Silence silence;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("command-nats-deadlines-");
    private final Handover handover;
    private volatile boolean closed;

    NatsClient(Connection connection, NatsClientConfig config) {
        this.connection = connection;
        publisher = new Publisher(connection);
        subjects = new Subjects(config.prefix);
        mapper = config.mapper;
        reader = new ReplyReader(config.catalogue);
        spans = new ClientSpans(config.telemetry, "nats", Attributes.empty());
        outgoing = new Outgoing(config.timeout);
        idle = config.idle;
        room = new Room(config.inFlight, Long.MAX_VALUE, config.streams);
        silence = new Silence(config.silence);
        handover = new Handover(config.executor);
        inbox = connection.createInbox();
        dispatcher = connection.createDispatcher(this::take).subscribe(inbox + ".*");
        connection.addConnectionListener(listener);
        var unused = timer.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Reply<Payload>> send(Call call) {
        Pending pending = new Pending(call, Long.toString(count.incrementAndGet(), RADIX), spans.begin(call));
        if (!room.enter(0, pending.isStreaming())) {
            boolean unused = pending.leave();
            fail(pending, Outgoing.unavailable("Too many calls wait for their replies."));
            return pending.promise();
        }
        try {
            start(pending);
        } catch (ProblemException refused) {
            fail(pending, refused);
        } catch (RuntimeException e) {
            log.error("a call of {} could not be sent", call.address(), e);
            fail(pending, StandardError.INTERNAL.problem().cause(e).toException());
        }
        return pending.promise();
    }

    private void start(Pending pending) {
        Call call = pending.call();
        if (closed || !publisher.isConnected()) {
            throw Outgoing.unavailable("NATS is away.");
        }
        Duration left = outgoing.left(call);
        byte[] body = call.input().bytes(mapper);
        Headers headers = Outgoing.headers(call, pending.span(), left);
        if (!Wire.fits(connection, headers, body)) {
            throw StandardError.PAYLOAD_TOO_LARGE
                    .problem()
                    .detail("The body and headers must not be larger than {limit} bytes.", connection.getMaxPayload())
                    .toException();
        }
        Content content = call.content();
        if (content != null) {
            pending.out(new Outflow(
                    content, frame -> send(pending, frame), handover.executor(), idle, publisher.chunk(), () -> {}));
        }
        calls.put(pending.token(), pending);
        Future<?> late = timer.schedule(
                () -> fail(pending, StandardError.DEADLINE_EXCEEDED.problem().toException()),
                left.toNanos(),
                TimeUnit.NANOSECONDS);
        pending.attach(late, call.cancellation().onCancel(() -> cancelled(pending)));
        if (pending.isSettled()) {
            return;
        }
        if (!publisher.publish(subjects.of(call.address()), subject(pending), headers, body)
                || !publisher.isConnected()) {
            fail(pending, Outgoing.unavailable("NATS is away."));
        }
    }

    private String subject(Pending pending) {
        return inbox + "." + pending.token();
    }

    /** Sends a frame to the instance that has the call. */
    private boolean send(Pending pending, Frame frame) {
        String control = pending.control();
        return control != null && publisher.publish(control, subject(pending), frame.headers(), frame.body());
    }

    private void cancelled(Pending pending) {
        StandardError why = pending.call().cancellation().reason();
        boolean unused = send(pending, Frame.of(Frame.Kind.CANCEL)); // else it learns it when it announces itself
        fail(pending, (why == null ? StandardError.CANCELLED : why).problem().toException());
    }

    /** In the dispatcher's thread: nothing here may wait. */
    private void take(Message message) {
        Pending pending = calls.get(Wire.lastToken(message.getSubject()));
        Frame frame = Frame.in(message);
        String replyTo = message.getReplyTo();
        if (frame != null && replyTo != null) {
            silence.heard(replyTo);
        }
        if (pending == null) {
            if (frame != null && frame.kind() == Frame.Kind.WORKING && replyTo != null) {
                answer(replyTo, Frame.Kind.CANCEL);
            }
        } else if (Wire.isNobodyThere(message)) {
            nobody(pending);
        } else if (frame == null) {
            reply(pending, message);
        } else {
            if (replyTo != null) {
                pending.control(replyTo);
            }
            if (frame.kind() == Frame.Kind.WORKING && replyTo != null) {
                answer(replyTo, Frame.Kind.ALIVE);
            }
            pending.take(frame);
        }
    }

    private void answer(String control, Frame.Kind kind) {
        publisher.publish(control, null, Frame.of(kind).headers(), Wire.NOTHING);
    }

    private void nobody(Pending pending) {
        broken(
                pending,
                pending.control() == null
                        ? Outgoing.unavailable("No service for this command is there.")
                        : Outgoing.perhapsDone("The service is gone."));
    }

    /** The call, or the stream that follows its reply, comes to nothing. */
    private void broken(Pending pending, ProblemException why) {
        Inflow in = pending.in();
        if (in == null) {
            fail(pending, why);
        } else {
            in.fail("the service is gone");
        }
    }

    private void reply(Pending pending, Message message) {
        ProblemException problem = reader.problem(message);
        if (problem != null) {
            fail(pending, problem);
            return;
        }
        try {
            Reply<Payload> reply = reader.reply(message);
            if (message.hasHeaders() && ContentFields.areIn(message.getHeaders())) {
                stream(pending, message, reply);
            } else if (pending.settle()) {
                leave(pending);
                complete(pending, reply);
            }
        } catch (ProblemException malformed) {
            fail(pending, malformed);
        }
    }

    private void stream(Pending pending, Message message, Reply<Payload> reply) {
        String control = message.getReplyTo();
        if (control == null || !pending.settle()) {
            return;
        }
        pending.control(control);
        silence.heard(control);
        if (!pending.isStreaming() && !room.enterStream()) {
            answer(control, Frame.Kind.CANCEL);
            leave(pending);
            give(pending, Outgoing.unavailable("Too many streams are read."));
            return;
        }
        pending.streaming();
        Inflow in = new Inflow(frame -> send(pending, frame), idle, () -> leave(pending));
        try {
            Content content = ContentFields.read(message.getHeaders(), in);
            pending.in(in);
            complete(pending, reply.content(content));
        } catch (IllegalArgumentException e) {
            answer(control, Frame.Kind.CANCEL);
            leave(pending);
            give(pending, ReplyReader.malformed(e));
        }
    }

    private void complete(Pending pending, Reply<Payload> reply) {
        pending.span().end(null);
        handover.run(() -> pending.promise().complete(reply));
    }

    private void fail(Pending pending, ProblemException why) {
        if (pending.settle()) {
            leave(pending);
            give(pending, why);
        }
    }

    private void give(Pending pending, ProblemException why) {
        pending.span().end(why);
        ProblemException traced = Wire.traced(why, pending.call().headers().get("traceparent"));
        handover.run(() -> pending.promise().completeExceptionally(traced));
    }

    private void leave(Pending pending) {
        calls.remove(pending.token());
        Outflow out = pending.out();
        if (out != null) {
            out.stop();
        } else {
            Contents.close(pending.call().content());
        }
        if (pending.leave()) {
            room.leave(0, pending.isStreaming());
        }
    }

    private void lost() {
        calls.values().forEach(pending -> broken(pending, Outgoing.perhapsDone("The connection to NATS broke.")));
    }

    private void tick() {
        try {
            silence.look(calls.values(), pending -> broken(pending, Outgoing.perhapsDone("The service is silent.")));
        } catch (RuntimeException e) {
            log.warn("looking after calls failed", e); // and goes on
        }
    }

    /** Sends nothing more; calls that wait fail as UNAVAILABLE. Closing twice does no harm. Close the connection afterwards. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        connection.removeConnectionListener(listener);
        calls.values().forEach(pending -> broken(pending, Outgoing.perhapsDone("The client was closed.")));
        Draining.close(connection, dispatcher);
        timer.shutdownNow();
        handover.close();
    }
}
