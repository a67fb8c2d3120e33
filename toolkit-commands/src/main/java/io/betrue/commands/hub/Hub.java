package io.betrue.commands.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Connection;
import io.betrue.commands.Deadline;
import io.betrue.commands.Principal;
import io.betrue.commands.Push;
import io.betrue.commands.hub.Broadcaster.Link;
import io.betrue.errors.StandardError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to clients by parameters, on whichever node they are connected.
 * <pre>{@code
 * Hub hub = Hub.of(h -> h.broadcaster(broadcaster));
 * Commands commands = Commands.of(c -> hub.handle(c.intercept(authentication), (context, room) -> chat.checkMember(context.principal(), room)));
 * hub.send(Audience.room("room/7"), "chat/said", new Said("anna", "hello"));
 * }</pre>
 * <p>What is sent to a room has an order that is the same for everybody and a number, and is kept for a while, so that a client that was away gets what it missed, or is
 * told that it cannot. What is sent to any other audience reaches who is connected, at most once. Safe for use by multiple threads.
 */
public final class Hub implements AutoCloseable {
    private final String node = Names.random();
    private final ObjectMapper mapper;
    private final int maxData;
    private final Members members = new Members();
    private final @Nullable Broadcaster own;
    private final Link link;
    private final Rooms rooms;
    private final Nodes nodes;
    private final HubThreads threads;
    private final HubTelemetry telemetry;
    private volatile boolean closed;

    private Hub(HubConfig config) {
        mapper = config.mapper;
        maxData = config.maxData;
        telemetry = new HubTelemetry(config.telemetry);
        Broadcaster broadcaster = config.broadcaster;
        own = broadcaster == null ? Broadcaster.inMemory(HistoryLimits.DEFAULT) : null;
        Broadcaster used = broadcaster == null ? Objects.requireNonNull(own) : broadcaster;
        threads = new HubThreads(node);
        HubListener listener = new HubListener();
        link = used.link(node, listener);
        rooms = new Rooms(
                link,
                threads.workers(),
                new Memory.Limits(used.limits(), config.historyBytes, new AtomicLong(), Clock.systemUTC()),
                telemetry,
                config);
        nodes = new Nodes(node, link, rooms, config.heartbeat, config.presenceLimit);
        listener.begin(new HubListener.Ears(members, rooms, nodes, telemetry));
        telemetry.watch(members::count, rooms::count);
        nodes.beat();
        threads.every(config.heartbeat, nodes::tick);
        threads.everySecond(rooms::tick);
    }

    /**
     * Makes a hub.
     *
     * @param config says how
     * @return the hub
     */
    public static Hub of(Consumer<HubConfig> config) {
        HubConfig wanted = new HubConfig();
        config.accept(wanted);
        return new Hub(wanted);
    }

    /** {@return a hub of one process, with the default limits} */
    public static Hub create() {
        return of(h -> {});
    }

    /** {@return the name of this hub, which no other has} */
    public String node() {
        return node;
    }

    /**
     * Adds the commands by which clients connect to the hub, enter and leave rooms, and ask who is there: {@link HubCommands}.
     *
     * @param commands what they are added to
     * @param admission says who may come in
     * @return the configuration
     */
    public CommandsConfig handle(CommandsConfig commands, Admission admission) {
        return new HubCommands(this, admission).handle(commands);
    }

    /**
     * Sends an event.
     *
     * @param audience whom to
     * @param event what happened, 1 to 100 characters
     * @param data what belongs to it, written as JSON
     * @return ends when all nodes will hear of it: for a room when the message has its number, for others when it was handed to the broadcaster. It fails with a
     *     {@link io.betrue.errors.ProblemException} UNAVAILABLE if that is not known; a message for a room may have been sent all the same, and one for others was sent
     *     to the connections of this node.
     * @throws IllegalArgumentException if the name is malformed, or the data cannot be written or is too large
     */
    public CompletionStage<Void> send(Audience audience, String event, Object data) {
        Names.checkEvent(event);
        String json = json(event, data);
        return telemetry.sends(audience, event, trace -> send(audience, event, json, trace));
    }

    private CompletionStage<Void> send(Audience audience, String event, String json, @Nullable String trace) {
        if (audience.part().kind() == Audience.Kind.ROOM) {
            ObjectNode head = Envelope.traced(Envelope.empty().put("event", event), trace);
            Envelope.putExceptions(head, audience.exceptions());
            return link.publish(audience.part().value(), Envelope.write(head, json));
        }
        members.send(audience, Frames.event(event, json), telemetry.delivers(event, trace));
        ObjectNode head = Envelope.traced(Envelope.head("event", node).put("event", event), trace);
        Envelope.putAudience(head, audience);
        return told(link.tell(Envelope.write(head, json)));
    }

    /**
     * Makes something that sends what it gets as {@link #send} does, and waits until that is done: for whoever has events and knows nothing of hubs, such as the
     * consumer of an outbox. Safe for use by multiple threads.
     *
     * @param <T> what it gets, and sends as data
     * @param event what happened, 1 to 100 characters
     * @param to tells whom each is for
     * @return what sends; its {@code accept} throws a {@link io.betrue.errors.ProblemException} UNAVAILABLE if it is not known within 30 seconds that it was sent, and what
     *     {@link #send} throws
     */
    public <T> Consumer<T> push(String event, Function<? super T, Audience> to) {
        return new Pusher<>(this, event, to);
    }

    private String json(String event, Object data) {
        String json;
        try {
            json = mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("data of the event " + event + " cannot be written as JSON", e);
        }
        int size = json.length() * 3 <= maxData ? 0 : json.getBytes(StandardCharsets.UTF_8).length;
        if (size > maxData) {
            throw new IllegalArgumentException(
                    "data of the event " + event + " must have at most " + maxData + " bytes, had " + size);
        }
        return json;
    }

    private static CompletionStage<Void> told(boolean sent) {
        return sent
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(StandardError.UNAVAILABLE
                        .problem()
                        .detail("The other nodes cannot be reached now.")
                        .toException());
    }

    /**
     * Closes connections: after a sign-out, say.
     *
     * @param audience whose
     * @param why what the clients are told
     * @return ends when all nodes will hear of it, or fails as {@link #send} does
     */
    public CompletionStage<Void> disconnect(Audience audience, StandardError why) {
        HubListener.disconnect(members, audience, why);
        ObjectNode head = Envelope.head("disconnect", node).put("code", why.name());
        Envelope.putAudience(head, audience);
        return told(link.tell(Envelope.write(head, "")));
    }

    /**
     * Has connections leave a room; they are told.
     *
     * @param audience whose
     * @param room the room
     * @return ends when all nodes will hear of it, or fails as {@link #send} does
     */
    public CompletionStage<Void> remove(Audience audience, String room) {
        Audience.room(room); // malformed names are refused
        HubListener.remove(members, rooms, audience, room);
        ObjectNode head = Envelope.head("remove", node).put("room", room);
        Envelope.putAudience(head, audience);
        return told(link.tell(Envelope.write(head, "")));
    }

    /**
     * {@return who is in a room, over all nodes; those that have not answered within a {@linkplain HubConfig#heartbeat heartbeat} are left out}
     *
     * @param room the room
     */
    public CompletionStage<Presence> presence(String room) {
        return nodes.presence(room);
    }

    /** {@return the names of the other hubs that are alive, as far as this one knows} */
    public Set<String> others() {
        return nodes.alive();
    }

    /** {@return how many connections this hub knows} */
    public int connections() {
        return members.count();
    }

    /**
     * Makes a connection known, so that it can be sent to; the hub forgets it when it ends. Clients do it by {@link HubCommands#CONNECT} or by entering a room.
     *
     * @param connection the connection
     * @param caller whose it is, or null for a stranger
     * @param tags by which tags it can be addressed, at most 32 of 1 to 200 characters
     * @throws io.betrue.errors.ProblemException CONFLICT if it is somebody else's already
     * @throws IllegalArgumentException if there are too many tags, or one is malformed
     */
    public void connect(Connection connection, @Nullable Principal caller, Set<String> tags) {
        enter(connection, caller, tags);
    }

    Member enter(Connection connection, @Nullable Principal caller, Set<String> tags) {
        if (tags.size() > 32) {
            throw new IllegalArgumentException("a connection has at most 32 tags, had " + tags.size());
        }
        tags.forEach(Audience::tag); // malformed ones are refused
        String user = caller == null ? null : caller.id();
        Member fresh = new Member(connection);
        Member member = members.add(fresh);
        String known = member.user();
        if (known != null && !known.equals(user)) {
            throw StandardError.CONFLICT
                    .problem()
                    .detail("The connection belongs to somebody else; open another.")
                    .toException();
        }
        if (member == fresh || !Objects.equals(known, user) || !member.tags().equals(tags)) {
            members.describe(member, user, Set.copyOf(tags));
        }
        if (member == fresh) {
            connection.onClose(() -> threads.soon(() -> remove(member)));
        }
        return member;
    }

    private void remove(Member member) {
        Set<String> in = member.goes();
        members.remove(member);
        in.forEach(room -> rooms.leave(member, room));
    }

    Joined join(Member member, String room, @Nullable Position since, Deadline deadline) {
        if (closed) {
            throw StandardError.UNAVAILABLE.problem().toException();
        }
        return rooms.join(member, room, since, deadline);
    }

    void leave(Connection connection, String room) {
        Member member = members.find(connection.id());
        if (member != null && member.isIn(room)) {
            rooms.leave(member, room);
            Push left = Frames.left(room);
            member.send(left);
        }
    }

    /** Leaves the other hubs and ends the threads. Connections stay open, for their transport to close. Closing twice does no harm. */
    @Override
    public void close() {
        if (!closed) {
            nodes.bye();
            die();
        }
    }

    /** Ends without a word, as a process that is killed. */
    void die() {
        closed = true;
        telemetry.close();
        threads.close();
        link.close();
        if (own != null) {
            own.close();
        }
    }
}
