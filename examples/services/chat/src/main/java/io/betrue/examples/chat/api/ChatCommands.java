package io.betrue.examples.chat.api;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.FilesError;
import java.util.List;

/** What the chat can be asked to do. Whoever calls is the user who does it. */
public final class ChatCommands {
    /** Opens a room, with the caller in it. */
    public static final CommandType<CreateRoom, Room> CREATE_ROOM = CommandType.of(
                    "chat/create-room", CreateRoom.class, Room.class)
            .description("Opens a room")
            .problems(ChatError.ROOM_LIMIT);

    /** Opens the private chat with another user, or finds it. */
    public static final CommandType<OpenPrivate, Room> OPEN_PRIVATE = CommandType.of(
                    "chat/open-private", OpenPrivate.class, Room.class)
            .description("Opens the private chat with another user")
            .idempotent()
            .problems(ChatError.USER_NOT_FOUND, ChatError.ROOM_LIMIT);

    /** Brings a user into a room. */
    public static final CommandType<Invite, Nothing> INVITE = CommandType.of("chat/invite", Invite.class, Nothing.class)
            .description("Brings a user into a room")
            .idempotent()
            .problems(
                    ChatError.ROOM_NOT_FOUND,
                    ChatError.USER_NOT_FOUND,
                    ChatError.ROOM_IS_PRIVATE,
                    ChatError.ROOM_LIMIT);

    /** Leaves a room. */
    public static final CommandType<InRoom, Nothing> LEAVE = CommandType.of("chat/leave", InRoom.class, Nothing.class)
            .description("Leaves a room")
            .problems(ChatError.ROOM_NOT_FOUND, ChatError.ROOM_IS_PRIVATE);

    /** Lists who is in a room. */
    public static final CommandType<InRoom, Members> MEMBERS = CommandType.of(
                    "chat/members", InRoom.class, Members.class)
            .description("Lists who is in a room")
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND);

    /** Lists the caller's rooms, with how much is unread. */
    public static final CommandType<RoomsQuery, Rooms> ROOMS = CommandType.of(
                    "chat/rooms", RoomsQuery.class, Rooms.class)
            .description("Lists the caller's rooms, with how much is unread")
            .idempotent();

    /** Says something; with the same key once. */
    public static final CommandType<Send, Message> SEND = CommandType.of("chat/send", Send.class, Message.class)
            .description("Says something in a room")
            .takingKey()
            .problems(ChatError.ROOM_NOT_FOUND, FilesError.FILE_NOT_FOUND, StandardError.CONFLICT);

    /** Gives the bytes of a file that belongs to a message. */
    public static final CommandType<AttachmentQuery, Attachment> ATTACHMENT = CommandType.of(
                    "chat/attachment", AttachmentQuery.class, Attachment.class)
            .description("Gives the bytes of a file that belongs to a message")
            .givingContent()
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND, ChatError.ATTACHMENT_NOT_FOUND);

    /** Lists what was said. */
    public static final CommandType<HistoryQuery, History> HISTORY = CommandType.of(
                    "chat/history", HistoryQuery.class, History.class)
            .description("Lists what was said in a room")
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND);

    /** Marks messages as read. */
    public static final CommandType<Read, Unread> READ = CommandType.of("chat/read", Read.class, Unread.class)
            .description("Marks messages as read")
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND);

    /** Tells the others that the caller is writing. */
    public static final CommandType<InRoom, Nothing> TYPING = CommandType.of("chat/typing", InRoom.class, Nothing.class)
            .description("Tells the others that the caller is writing")
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND);

    /** Fails unless the caller is in the room: for whoever guards the way to what is told live. */
    public static final CommandType<InRoom, Nothing> ADMIT = CommandType.of("chat/admit", InRoom.class, Nothing.class)
            .description("Fails unless the caller is in the room")
            .internal()
            .idempotent()
            .problems(ChatError.ROOM_NOT_FOUND);

    /** All of them. */
    public static final List<CommandType<?, ?>> ALL = List.of(
            CREATE_ROOM, OPEN_PRIVATE, INVITE, LEAVE, MEMBERS, ROOMS, SEND, HISTORY, ATTACHMENT, READ, TYPING, ADMIT);

    private ChatCommands() {}
}
