package io.betrue.examples.chat;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.errors.FieldError;
import io.betrue.examples.chat.api.Attachment;
import io.betrue.examples.chat.api.AttachmentQuery;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.chat.api.CreateRoom;
import io.betrue.examples.chat.api.History;
import io.betrue.examples.chat.api.HistoryQuery;
import io.betrue.examples.chat.api.InRoom;
import io.betrue.examples.chat.api.Invite;
import io.betrue.examples.chat.api.Members;
import io.betrue.examples.chat.api.Membership;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.OpenPrivate;
import io.betrue.examples.chat.api.Read;
import io.betrue.examples.chat.api.Room;
import io.betrue.examples.chat.api.Rooms;
import io.betrue.examples.chat.api.RoomsQuery;
import io.betrue.examples.chat.api.Send;
import io.betrue.examples.chat.api.Typing;
import io.betrue.examples.chat.api.Unread;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.events.Events;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of this service, whichever way they come, and tells clients what has happened. The caller is the principal that the application's chain has found. Safe for use by
 * multiple threads.
 */
public final class ChatService {
    private static final int NAME = 100;
    private static final int TEXT = 4_000;
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 1_000;

    private final Memberships rooms;
    private final Messages messages;
    private final Users users;
    private final ChatPush push;

    /** Knows who there is. */
    @FunctionalInterface
    public interface Users {
        /**
         * {@return whether there is such a user}
         *
         * @param context on whose behalf is asked
         * @param userId who
         */
        boolean exist(CommandContext context, UUID userId);
    }

    /**
     * Keeps rooms in a database that {@link ChatMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param events where what happens is published; its tables are in the same database
     * @param users knows who there is
     * @param push tells clients
     * @param options bounds
     * @param clock what time it is
     */
    public ChatService(
            DataSource dataSource, Events events, Users users, ChatPush push, ChatOptions options, Clock clock) {
        Database database = new Database(dataSource);
        this.rooms = new Memberships(database, events::in, options, clock);
        this.messages = new Messages(database, events::in, clock);
        this.users = users;
        this.push = push;
    }

    /**
     * Says who handles each command of {@link ChatCommands}.
     *
     * @param commands the application's
     */
    public void handle(CommandsConfig commands) {
        commands.handle(ChatCommands.CREATE_ROOM, this::create)
                .handle(ChatCommands.OPEN_PRIVATE, this::openPrivate)
                .handle(ChatCommands.INVITE, this::invite)
                .handle(ChatCommands.LEAVE, this::leave)
                .handle(ChatCommands.MEMBERS, this::members)
                .handle(ChatCommands.ROOMS, this::rooms)
                .handle(ChatCommands.SEND, this::send)
                .handle(ChatCommands.HISTORY, this::history)
                .answer(ChatCommands.ATTACHMENT, this::attachment)
                .handle(ChatCommands.READ, this::read)
                .handle(ChatCommands.TYPING, this::typing)
                .handle(ChatCommands.ADMIT, this::admit);
    }

    /**
     * Declares the consumer that tells clients what was published, room by room in order.
     *
     * @param events the same as in the constructor, not started yet
     */
    public void consume(Events events) {
        events.consumer("chat-push")
                .on(ChatEvents.SAID, (context, message) -> push.toRoom(message.roomId(), "chat/said", message))
                .on(ChatEvents.MEMBERSHIP, (context, membership) -> tell(membership))
                .retries(Backoff.exponential(SOON, LATER), ATTEMPTS);
    }

    private void tell(Membership membership) {
        String event = ChatEvents.MEMBERSHIP.code();
        push.toRoom(membership.roomId(), event, membership);
        push.toUser(membership.userId(), event, membership);
        if (!membership.member()) {
            push.remove(membership.userId(), membership.roomId());
        }
    }

    private Room create(CommandContext context, CreateRoom create) {
        Inputs inputs = new Inputs();
        String name = inputs.text("/name", create.name(), NAME);
        inputs.refuseFaults();
        return rooms.create(caller(context), name);
    }

    private Room openPrivate(CommandContext context, OpenPrivate open) {
        Inputs inputs = new Inputs();
        UUID other = inputs.id("/userId", open.userId());
        if (other.equals(caller(context))) {
            inputs.refuse(FieldError.body("/userId", "INVALID"));
        }
        inputs.refuseFaults();
        refuseUnknown(context, other);
        return rooms.openPrivate(caller(context), other);
    }

    private Nothing invite(CommandContext context, Invite invite) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", invite.roomId());
        UUID user = inputs.id("/userId", invite.userId());
        inputs.refuseFaults();
        rooms.admit(caller(context), room);
        refuseUnknown(context, user);
        rooms.invite(caller(context), room, user);
        return Nothing.NOTHING;
    }

    private void refuseUnknown(CommandContext context, UUID user) {
        if (!users.exist(context, user)) {
            throw ChatError.USER_NOT_FOUND.problem().toException();
        }
    }

    private Nothing leave(CommandContext context, InRoom in) {
        rooms.leave(caller(context), room(in));
        return Nothing.NOTHING;
    }

    private Members members(CommandContext context, InRoom in) {
        return rooms.members(caller(context), room(in));
    }

    private Nothing admit(CommandContext context, InRoom in) {
        rooms.admit(caller(context), room(in));
        return Nothing.NOTHING;
    }

    private Rooms rooms(CommandContext context, RoomsQuery query) {
        Inputs inputs = new Inputs();
        UUID behind = inputs.cursor(query.cursor());
        int limit = inputs.limit(query.limit());
        inputs.refuseFaults();
        return rooms.rooms(caller(context), behind, limit);
    }

    private Message send(CommandContext context, Send send) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", send.roomId());
        List<UUID> files = inputs.ids("/attachments", send.attachments(), Send.MOST_ATTACHMENTS);
        String text = inputs.text("/text", send.text(), files.isEmpty() ? 1 : 0, TEXT);
        @Nullable String key = context.header(Idempotency.HEADER);
        inputs.key(key);
        inputs.refuseFaults();
        Messages.Words words = new Messages.Words(room, text, files, key);
        if (files.isEmpty()) {
            return messages.send(caller(context), words, List.of());
        }
        // A repetition must not depend on whether the files are still there, and files are asked outside of a
        // transaction.
        return messages.said(caller(context), words)
                .orElseGet(() -> messages.send(caller(context), words, Attachments.of(context, files)));
    }

    private Reply<Attachment> attachment(CommandContext context, AttachmentQuery query) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", query.roomId());
        UUID message = inputs.id("/messageId", query.messageId());
        UUID file = inputs.id("/fileId", query.fileId());
        inputs.refuseFaults();
        return Attachments.bytes(context, messages.attachment(caller(context), room, message, file));
    }

    private History history(CommandContext context, HistoryQuery query) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", query.roomId());
        Long before = inputs.optional("/before", query.before());
        Long after = inputs.optional("/after", query.after());
        int limit = inputs.limit(query.limit());
        if (before != null && after != null) {
            inputs.refuse(FieldError.body("/after", "INVALID"));
        }
        inputs.refuseFaults();
        return after == null
                ? messages.before(caller(context), room, before == null ? Long.MAX_VALUE : before, limit)
                : messages.after(caller(context), room, after, limit);
    }

    private Unread read(CommandContext context, Read read) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", read.roomId());
        long upTo = inputs.number("/upTo", read.upTo());
        inputs.refuseFaults();
        return messages.read(caller(context), room, upTo);
    }

    private Nothing typing(CommandContext context, InRoom in) {
        UUID room = room(in);
        Typing typing = new Typing(room, caller(context));
        for (Members.Member member : rooms.members(caller(context), room).members()) {
            if (!member.userId().equals(typing.userId())) {
                push.toUser(member.userId(), ChatEvents.TYPING, typing);
            }
        }
        return Nothing.NOTHING;
    }

    private static UUID room(InRoom in) {
        Inputs inputs = new Inputs();
        UUID room = inputs.id("/roomId", in.roomId());
        inputs.refuseFaults();
        return room;
    }

    private static UUID caller(CommandContext context) {
        return UUID.fromString(context.principal().id());
    }
}
