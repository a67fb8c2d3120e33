package io.betrue.commands.hub.nats;

import io.betrue.commands.hub.Broadcaster;
import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One hub's end. All that it hears comes by one thread, so in the order in which the server sent it. */
final class NatsLink implements Broadcaster.Link {
    final Broadcaster.Listener listener;
    final Dispatcher rooms;
    private final NatsBroadcaster broadcaster;
    private final Dispatcher hubs;
    private long latest; // read and written by the thread of the rooms alone
    private volatile long dropped;

    NatsLink(NatsBroadcaster broadcaster, String node, Broadcaster.Listener listener) {
        this.broadcaster = broadcaster;
        this.listener = listener;
        rooms = broadcaster.connection.createDispatcher(this::published);
        hubs = broadcaster.connection.createDispatcher(message -> listener.told(message.getData()));
        hubs.subscribe(broadcaster.subjects.all).subscribe(broadcaster.subjects.node(node));
    }

    private void published(Message message) {
        Headers headers = message.getHeaders();
        long offset = number(headers, "Nats-Sequence");
        if (offset <= 0) {
            return; // the server did not send it
        }
        if (offset <= latest) {
            broadcaster.doubt(); // numbers begin again
        }
        latest = offset;
        broadcaster.highest.accumulateAndGet(offset, Math::max);
        listener.published(new RoomMessage(
                broadcaster.subjects.ofLive(message.getSubject()),
                broadcaster.epoch(),
                offset,
                number(headers, "Nats-Last-Sequence"),
                Instant.now(),
                message.getData()));
    }

    private static long number(@Nullable Headers headers, String name) {
        String text = headers == null ? null : headers.getFirst(name);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean hasDropped() {
        long now = rooms.getDroppedCount();
        boolean more = now > dropped;
        dropped = now;
        return more;
    }

    @Override
    public CompletionStage<Void> publish(String room, byte[] body) {
        if (!broadcaster.isConnected()) {
            return CompletableFuture.failedStage(NatsBroadcaster.unavailable(new IOException("NATS is away")));
        }
        try {
            return broadcaster
                    .stream
                    .publish(room, body)
                    .orTimeout(broadcaster.timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((ack, failure) -> {
                        if (failure != null) {
                            throw NatsBroadcaster.unavailable(failure);
                        }
                        return null;
                    });
        } catch (IllegalStateException | IllegalArgumentException e) { // closed, full, or too large for the server
            return CompletableFuture.failedStage(NatsBroadcaster.unavailable(e));
        }
    }

    @Override
    public boolean tell(byte[] body) {
        return send(broadcaster.subjects.all, body);
    }

    @Override
    public boolean tell(String other, byte[] body) {
        return send(broadcaster.subjects.node(other), body);
    }

    private boolean send(String subject, byte[] body) {
        if (!broadcaster.isConnected()) {
            return false;
        }
        try {
            broadcaster.connection.publish(subject, body);
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Backlog open(String room) {
        String subject = broadcaster.subjects.liveRoom(room);
        rooms.unsubscribe(subject); // without this, a subscription that the server lost would stay lost
        rooms.subscribe(subject);
        return backlog(room);
    }

    @Override
    public Backlog backlog(String room) {
        long interruption = broadcaster.interruption();
        Backlog backlog = ask(() -> broadcaster.stream.backlog(room, broadcaster.epoch()));
        broadcaster.highest.accumulateAndGet(backlog.top(), Math::max);
        if (!broadcaster.isCertain() || broadcaster.interruption() != interruption) {
            throw NatsBroadcaster.unavailable(new IOException("NATS was away"));
        }
        return backlog;
    }

    @Override
    public long last(String room) {
        return ask(() -> broadcaster.stream.lastOf(room));
    }

    @Override
    public long last() {
        return ask(broadcaster.stream::last);
    }

    /** Something asked of the server. */
    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T ask(Question<T> question) {
        if (!broadcaster.isCertain() || !broadcaster.isConnected()) {
            throw NatsBroadcaster.unavailable(new IOException("NATS is away"));
        }
        try {
            return question.ask();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw NatsBroadcaster.unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NatsBroadcaster.unavailable(e);
        }
    }

    @Override
    public void leave(String room) {
        if (rooms.isActive()) {
            rooms.unsubscribe(broadcaster.subjects.liveRoom(room));
        }
    }

    @Override
    public void close() {
        broadcaster.forget(this);
        if (broadcaster.connection.getStatus() != Connection.Status.CLOSED && rooms.isActive()) {
            broadcaster.connection.closeDispatcher(rooms);
            broadcaster.connection.closeDispatcher(hubs);
        }
    }
}
