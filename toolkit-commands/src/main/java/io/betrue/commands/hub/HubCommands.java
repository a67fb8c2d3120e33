package io.betrue.commands.hub;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Connection;
import io.betrue.commands.Nothing;
import io.betrue.errors.FieldError;
import io.betrue.errors.StandardError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which clients use a {@link Hub}. They are commands like others: guards run in the one chain. All but {@link #PRESENCE} need a connection that outlasts
 * the call, a WebSocket say, and are refused as BAD_REQUEST without one.
 */
public final class HubCommands {
    /** Makes the connection known: {@code _hub/connect}. Entering a room does so, too. */
    public static final CommandType<Nothing, Connected> CONNECT = CommandType.of(
                    "_hub/connect", Nothing.class, Connected.class)
            .description("Makes this connection known to the hub")
            .open()
            .idempotent();

    /** Enters a room: {@code _hub/join}. What was missed comes after the message {@code joined}, and what it says is also the reply. */
    public static final CommandType<Join, Joined> JOIN = CommandType.of("_hub/join", Join.class, Joined.class)
            .description("Enters a room")
            .idempotent();

    /** Leaves a room: {@code _hub/leave}. */
    public static final CommandType<InRoom, Nothing> LEAVE = CommandType.of("_hub/leave", InRoom.class, Nothing.class)
            .description("Leaves a room")
            .open()
            .idempotent();

    /** Asks who is in a room: {@code _hub/presence}. */
    public static final CommandType<InRoom, Presence> PRESENCE = CommandType.of(
                    "_hub/presence", InRoom.class, Presence.class)
            .description("Tells who is in a room")
            .idempotent();

    private final Hub hub;
    private final Admission admission;

    /**
     * How a connection is known.
     *
     * @param session its name
     */
    public record Connected(String session) {}

    /**
     * Which room to enter.
     *
     * @param room the room
     * @param since what is known of it already, or null
     */
    public record Join(String room, @Nullable Position since) {}

    /**
     * Which room.
     *
     * @param room the room
     */
    public record InRoom(String room) {}

    HubCommands(Hub hub, Admission admission) {
        this.hub = hub;
        this.admission = admission;
    }

    CommandsConfig handle(CommandsConfig commands) {
        boolean strangers = admission.isForStrangers();
        return commands.handle(CONNECT, this::connect)
                .handle(strangers ? JOIN.open() : JOIN, this::join)
                .handle(LEAVE, this::leave)
                .handle(strangers ? PRESENCE.open() : PRESENCE, this::presence);
    }

    private Connected connect(CommandContext context, Nothing nothing) {
        return new Connected(enter(context).session());
    }

    private Member enter(CommandContext context) {
        return hub.enter(connection(context), context.caller().orElse(null), admission.tags(context));
    }

    private static Connection connection(CommandContext context) {
        return context.connection()
                .orElseThrow(() -> StandardError.BAD_REQUEST
                        .problem()
                        .detail(
                                "{command} needs a connection that stays, such as a WebSocket.",
                                context.type().address())
                        .toException());
    }

    private Joined join(CommandContext context, Join join) throws Exception {
        String room = checked(join.room());
        connection(context);
        admission.join(context, room);
        return hub.join(enter(context), room, join.since(), context.deadline());
    }

    private static String checked(@Nullable String room) {
        if (room == null || !Audience.isRoom(room)) {
            throw StandardError.VALIDATION_FAILED
                    .problem()
                    .error(FieldError.body("/room", "PATTERN"))
                    .toException();
        }
        return room;
    }

    private Nothing leave(CommandContext context, InRoom room) {
        hub.leave(connection(context), checked(room.room()));
        return Nothing.NOTHING;
    }

    private Presence presence(CommandContext context, InRoom room) throws Exception {
        String name = checked(room.room());
        admission.join(context, name);
        try {
            return hub.presence(name)
                    .toCompletableFuture()
                    .get(context.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw StandardError.DEADLINE_EXCEEDED.problem().cause(e).toException();
        } catch (ExecutionException | CompletionException e) {
            throw StandardError.UNAVAILABLE.problem().cause(e).toException();
        }
    }
}
