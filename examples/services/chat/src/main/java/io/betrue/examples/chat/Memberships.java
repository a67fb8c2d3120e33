package io.betrue.examples.chat;

import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.chat.api.Members;
import io.betrue.examples.chat.api.Membership;
import io.betrue.examples.chat.api.Room;
import io.betrue.examples.chat.api.RoomKind;
import io.betrue.examples.chat.api.Rooms;
import io.betrue.jobs.events.EventPublisher;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rooms and who is in them. Whoever changes a room locks its row first, so members are counted, and events published, one change after the other. Safe for use by multiple threads.
 */
final class Memberships {
    private final Database database;
    private final Function<Handle, EventPublisher> events;
    private final ChatOptions options;
    private final Clock clock;

    Memberships(Database database, Function<Handle, EventPublisher> events, ChatOptions options, Clock clock) {
        this.database = database;
        this.events = events;
        this.options = options;
        this.clock = clock;
    }

    Room create(UUID caller, String name) {
        return database.run(handle -> {
            UUID room = UUID.randomUUID();
            handle.createUpdate("insert into chat.rooms (id, kind, name, created_at) values (:id, 'room', :name, :now)")
                    .bind("id", room)
                    .bind("name", name)
                    .bind("now", now())
                    .execute();
            enter(handle, room, caller);
            return room(handle, room, caller);
        });
    }

    /** Finds the room of two users, or makes it. */
    Room openPrivate(UUID caller, UUID other) {
        return database.run(handle -> {
            String pair = caller.compareTo(other) < 0 ? caller + ":" + other : other + ":" + caller;
            int made = handle.createUpdate("""
                            insert into chat.rooms (id, kind, pair, created_at) values (:id, 'private', :pair, :now)
                            on conflict (pair) do nothing""")
                    .bind("id", UUID.randomUUID())
                    .bind("pair", pair)
                    .bind("now", now())
                    .execute();
            UUID room = handle.createQuery("select id from chat.rooms where pair = :pair")
                    .bind("pair", pair)
                    .mapTo(UUID.class)
                    .one();
            if (made == 1) {
                enter(handle, room, caller);
                enter(handle, room, other);
            }
            return room(handle, room, caller);
        });
    }

    void invite(UUID caller, UUID room, UUID user) {
        database.run(handle -> {
            refusePrivate(lock(handle, room, caller));
            if (!isMember(handle, room, user)) {
                long members = handle.createQuery("select count(*) from chat.members where room_id = :room")
                        .bind("room", room)
                        .mapTo(Long.class)
                        .one();
                refuseBeyond(members, options.membersOfRoom());
                enter(handle, room, user);
            }
            return room;
        });
    }

    void leave(UUID caller, UUID room) {
        database.run(handle -> {
            refusePrivate(lock(handle, room, caller));
            handle.createUpdate("delete from chat.members where room_id = :room and user_id = :user")
                    .bind("room", room)
                    .bind("user", caller)
                    .execute();
            return events.apply(handle).publish(ChatEvents.MEMBERSHIP, new Membership(room, caller, false));
        });
    }

    /** Fails unless the user is in the room. */
    void admit(UUID user, UUID room) {
        database.run(handle -> {
            refuseOutsider(handle, room, user);
            return room;
        });
    }

    static void refuseOutsider(Handle handle, UUID room, UUID user) {
        if (!isMember(handle, room, user)) {
            throw ChatError.ROOM_NOT_FOUND.problem().toException();
        }
    }

    Members members(UUID caller, UUID room) {
        return database.run(handle -> {
            List<Members.Member> members = handle.createQuery("""
                            select user_id, since, read_up_to from chat.members where room_id = :room order by since, user_id""")
                    .bind("room", room)
                    .map((row, context) -> new Members.Member(
                            row.getObject("user_id", UUID.class),
                            row.getObject("since", OffsetDateTime.class).toInstant(),
                            row.getLong("read_up_to")))
                    .list();
            if (members.stream().noneMatch(member -> member.userId().equals(caller))) {
                throw ChatError.ROOM_NOT_FOUND.problem().toException();
            }
            return new Members(members);
        });
    }

    Rooms rooms(UUID caller, @Nullable UUID behind, int limit) {
        List<Room> found = database.run(handle -> handle.createQuery(
                        Columns.ROOM + " where m.user_id = :user and r.id > :behind order by r.id limit :limit")
                .bind("user", caller)
                .bind("behind", behind == null ? new UUID(0, 0) : behind)
                .bind("limit", limit + 1)
                .map((row, context) -> Columns.room(row, caller))
                .list());
        boolean more = found.size() > limit;
        List<Room> page = more ? found.subList(0, limit) : found;
        return new Rooms(page, more ? page.get(limit - 1).roomId().toString() : null);
    }

    /** Lets nobody else change the room until the transaction ends; {@return what it is} */
    static RoomKind lock(Handle handle, UUID room, UUID member) {
        return handle.createQuery("""
                        select r.kind from chat.rooms r join chat.members m on m.room_id = r.id
                        where r.id = :room and m.user_id = :user for update of r""")
                .bind("room", room)
                .bind("user", member)
                .mapTo(String.class)
                .findOne()
                .map(kind -> RoomKind.valueOf(kind.toUpperCase(Locale.ROOT)))
                .orElseThrow(() -> ChatError.ROOM_NOT_FOUND.problem().toException());
    }

    private void enter(Handle handle, UUID room, UUID user) {
        long rooms = handle.createQuery("select count(*) from chat.members where user_id = :user")
                .bind("user", user)
                .mapTo(Long.class)
                .one();
        refuseBeyond(rooms, options.roomsOfUser());
        handle.createUpdate("""
                        insert into chat.members (room_id, user_id, since, read_up_to)
                        select :room, :user, :now, messages from chat.rooms where id = :room""")
                .bind("room", room)
                .bind("user", user)
                .bind("now", now())
                .execute();
        events.apply(handle).publish(ChatEvents.MEMBERSHIP, new Membership(room, user, true));
    }

    private static void refuseBeyond(long have, int limit) {
        if (have >= limit) {
            throw ChatError.ROOM_LIMIT.problem().with("limit", limit).toException();
        }
    }

    private static void refusePrivate(RoomKind kind) {
        if (kind == RoomKind.PRIVATE) {
            throw ChatError.ROOM_IS_PRIVATE.problem().toException();
        }
    }

    private static boolean isMember(Handle handle, UUID room, UUID user) {
        return handle.createQuery("select 1 from chat.members where room_id = :room and user_id = :user")
                .bind("room", room)
                .bind("user", user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Room room(Handle handle, UUID room, UUID user) {
        return handle.createQuery(Columns.ROOM + " where m.user_id = :user and r.id = :room")
                .bind("user", user)
                .bind("room", room)
                .map((row, context) -> Columns.room(row, user))
                .one();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
