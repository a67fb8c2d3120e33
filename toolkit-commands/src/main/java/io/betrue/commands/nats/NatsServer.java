package io.betrue.commands.nats;

import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Deadline;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers calls that come over NATS; made by {@link NatsCommands#serve}. Any number of instances share the calls of a queue group. It neither makes nor closes the
 * connection. Safe for use by multiple threads.
 */
public final class NatsServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NatsServer.class);
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final Commands commands;
    private final Connection connection;
    private final Publisher publisher;
    private final Endpoints endpoints;
    private final Incoming incoming;
    private final Room room;
    private final Duration stopTimeout;
    private final Duration idle;
    private final Pulse pulse;
    private final ServiceAnswers discovery;
    private final List<Dispatcher> dispatchers = new ArrayList<>();
    private final Dispatcher control;
    private final ConnectionListener listener = Down.then(this::lost);
    private final ScheduledThreadPoolExecutor timer = Threads.timer("command-nats-pulse-");
    private final ExecutorService readers = Threads.blocking("command-nats-stream-");
    private boolean closed; // guarded by this

    NatsServer(Commands commands, Connection connection, NatsServerConfig config) {
        this.commands = commands;
        this.connection = connection;
        publisher = new Publisher(connection);
        Subjects subjects = new Subjects(config.prefix);
        endpoints = Endpoints.of(commands.handled(), subjects, config.patterns, config.owned);
        room = new Room(config.inFlight, config.bytes, config.streams);
        stopTimeout = config.stopTimeout;
        idle = config.idle;
        String inbox = connection.createInbox();
        pulse = new Pulse(publisher, inbox, config.silence);
        incoming = new Incoming(config, commands.travelling(), pulse);
        control = connection.createDispatcher(pulse::take).subscribe(inbox + ".*");
        discovery = new ServiceAnswers(connection, config, endpoints);
        connection.addConnectionListener(listener);
        var unused =
                timer.scheduleAtFixedRate(this::tick, Pulse.FIRST_MILLIS, Pulse.FIRST_MILLIS, TimeUnit.MILLISECONDS);
        for (int i = 0; i < config.dispatchers; i++) {
            dispatchers.add(connection.createDispatcher(this::accept));
        }
        int next = 0;
        for (String subject : endpoints.subscriptions()) {
            dispatchers.get(next++ % dispatchers.size()).subscribe(subject, config.queue);
        }
        discovery.start();
        flush();
        log.info(
                "{} {} serves {} commands over NATS as {}",
                config.name,
                config.version,
                endpoints.all().size(),
                id());
    }

    /** {@return which instance this is, as discovery shows it} */
    public String id() {
        return discovery.id();
    }

    private void tick() {
        try {
            pulse.tick();
        } catch (RuntimeException e) {
            log.warn("looking after calls failed", e); // and goes on
        }
    }

    /** What was in a stream while the connection was down is lost. */
    private void lost() {
        pulse.calls().stream().filter(Serving::isStreaming).forEach(call -> call.gone("the connection broke"));
    }

    /** In the dispatcher's thread: nothing here may wait. */
    private void accept(Message message) {
        String replyTo = message.getReplyTo();
        if (replyTo == null) {
            log.debug("a call on {} came without a subject for its reply", message.getSubject());
            return;
        }
        Endpoint endpoint = endpoints.on(message.getSubject());
        Serving serving = new Serving(message, replyTo, endpoint);
        boolean streaming = message.hasHeaders() && ContentFields.areIn(message.getHeaders());
        if (streaming) {
            serving.streaming();
        }
        if (!room.enter(serving.size(), streaming)) {
            publish(serving, Answer.of(busy(), connection));
            return;
        }
        pulse.enter(serving);
        try {
            commands.send(incoming.call(serving)).whenComplete((reply, failure) -> answer(serving, reply, failure));
        } catch (RuntimeException e) {
            fail(serving, e instanceof IllegalArgumentException ? Wire.bad("A header is malformed.") : e);
        }
    }

    private static ProblemException busy() {
        return StandardError.UNAVAILABLE.problem().retryAfter(Wire.COME_BACK).toException();
    }

    private void answer(Serving serving, @Nullable Reply<Payload> reply, @Nullable Throwable failure) {
        if (reply == null) {
            fail(serving, failure == null ? busy() : failure);
            return;
        }
        try {
            Content content = reply.content();
            if (content == null) {
                end(serving, Answer.of(reply, commands.mapper(), connection));
            } else {
                stream(serving, reply, content);
            }
        } catch (RuntimeException e) {
            Contents.close(reply.content());
            fail(serving, e);
        }
    }

    private void fail(Serving serving, Throwable failure) {
        boolean ours = serving.isStopped() && code(failure) == StandardError.CANCELLED;
        Throwable told = ours ? busy() : failure;
        String trace = Wire.header(serving.request(), "traceparent");
        end(serving, Answer.of(told instanceof ProblemException known ? Wire.traced(known, trace) : told, connection));
    }

    private static @Nullable ErrorCode code(Throwable failure) {
        return failure instanceof ProblemException problem ? problem.code() : null;
    }

    private void stream(Serving serving, Reply<Payload> reply, Content content) {
        if (!serving.isWatched() || (!serving.isStreaming() && !room.enterStream())) {
            Contents.close(content);
            fail(
                    serving,
                    serving.isWatched()
                            ? busy()
                            : StandardError.UNIMPLEMENTED
                                    .problem()
                                    .detail("The reply is a stream, which this caller does not understand.")
                                    .toException());
            return;
        }
        serving.streaming();
        Answer answer = Answer.of(reply, commands.mapper(), connection);
        if (answer.content() == null) {
            Contents.close(content);
            end(serving, answer);
            return;
        }
        serving.out(new Outflow(
                content, frame -> pulse.send(serving, frame), readers, idle, publisher.chunk(), () -> leave(serving)));
        count(serving, answer);
        if (!publisher.publish(serving.replyTo(), pulse.control(serving), answer.headers(), answer.body())
                || serving.cancellation().isCancelled()) {
            serving.gone("nobody waits for the reply");
        }
    }

    private void end(Serving serving, Answer answer) {
        count(serving, answer);
        publish(serving, answer);
        leave(serving);
    }

    private static void count(Serving serving, Answer answer) {
        Endpoint endpoint = serving.endpoint();
        if (endpoint != null) {
            long took = System.nanoTime() - serving.began();
            if (answer.error() == null) {
                endpoint.answered(took);
            } else {
                endpoint.failed(took, answer.error());
            }
        }
    }

    private void publish(Serving serving, Answer answer) {
        publisher.publish(serving.replyTo(), null, answer.headers(), answer.body());
    }

    private void leave(Serving serving) {
        if (serving.leave()) {
            serving.closeInput();
            pulse.leave(serving);
            room.leave(serving.size(), serving.isStreaming());
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private void flush() {
        try {
            connection.flush(FLUSH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.TimeoutException | RuntimeException e) {
            log.debug("the connection could not be flushed", e);
        }
    }

    /**
     * Takes no further calls, so that the other instances get them, answers those that are here, for {@link NatsServerConfig#stopTimeout} at most, and cancels those
     * that stay, which are answered as UNAVAILABLE. Closing twice does no harm. Close the connection and the commands afterwards.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Deadline end = Deadline.in(stopTimeout);
        discovery.close();
        Draining.drain(dispatchers, stopTimeout);
        awaitCalls(end);
        pulse.calls().forEach(Serving::stop);
        awaitCalls(Deadline.in(FLUSH));
        flush();
        connection.removeConnectionListener(listener);
        Draining.close(connection, control);
        timer.shutdownNow();
        readers.shutdownNow();
    }

    private synchronized void awaitCalls(Deadline end) {
        try {
            while (room.calls() > 0 && !end.isExpired()) {
                wait(end.remaining().toMillis() + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
