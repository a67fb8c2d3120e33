package io.betrue.examples.chat;

import io.betrue.errors.StandardError;
import io.betrue.examples.chat.api.Attachment;
import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.chat.api.History;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.Unread;
import io.betrue.jobs.events.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was said in rooms, and what of it was read. Safe for use by multiple threads. */
final class Messages {
    private final Database database;
    private final Function<Handle, EventPublisher> events;
    private final Clock clock;

    Messages(Database database, Function<Handle, EventPublisher> events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What somebody wants to say.
     *
     * @param room where
     * @param text what
     * @param files which files belong to it
     * @param key tells a repetition from another message, or null
     */
    record Words(
            UUID room,
            String text,
            List<UUID> files,
            @Nullable String key) {}

    /** {@return what was said with this key before; empty if nothing was, or there is no key} */
    Optional<Message> said(UUID caller, Words words) {
        return database.run(handle -> {
            Memberships.refuseOutsider(handle, words.room(), caller);
            return saidWith(handle, caller, words);
        });
    }

    /** Says something, and publishes it in the same transaction; with a key that was used, answers what was said then. */
    Message send(UUID caller, Words words, List<Attachment> attachments) {
        return database.run(handle -> {
            Memberships.lock(handle, words.room(), caller);
            return saidWith(handle, caller, words).orElseGet(() -> say(handle, caller, words, attachments));
        });
    }

    private static Optional<Message> saidWith(Handle handle, UUID caller, Words words) {
        if (words.key() == null) {
            return Optional.empty();
        }
        List<Message> found = handle.createQuery(
                        Columns.MESSAGE + " where room_id = :room and author = :author and key = :key")
                .bind("room", words.room())
                .bind("author", caller)
                .bind("key", words.key())
                .map((row, context) -> Columns.message(row))
                .list();
        return whole(handle, words.room(), found).stream().findFirst().map(message -> sameAs(message, words));
    }

    /** {@return messages with what belongs to them} */
    private static List<Message> whole(Handle handle, UUID room, List<Message> bare) {
        Map<Long, List<Attachment>> attachments =
                Attachments.of(handle, room, bare.stream().map(Message::number).toList());
        return bare.stream()
                .map(one -> with(one, attachments.getOrDefault(one.number(), List.of())))
                .toList();
    }

    private static Message with(Message bare, List<Attachment> attachments) {
        return attachments.isEmpty()
                ? bare
                : new Message(
                        bare.roomId(),
                        bare.number(),
                        bare.messageId(),
                        bare.author(),
                        bare.at(),
                        bare.text(),
                        attachments);
    }

    private static Message sameAs(Message before, Words words) {
        List<UUID> files = before.attachments().stream().map(Attachment::fileId).toList();
        if (!before.text().equals(words.text()) || !files.equals(words.files())) {
            throw StandardError.CONFLICT
                    .problem()
                    .detail("This Idempotency-Key was used for another message.")
                    .toException();
        }
        return before;
    }

    private Message say(Handle handle, UUID caller, Words words, List<Attachment> attachments) {
        UUID room = words.room();
        long number = handle.createQuery(
                        "update chat.rooms set messages = messages + 1 where id = :room returning messages")
                .bind("room", room)
                .mapTo(Long.class)
                .one();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as PostgreSQL keeps it
        Message message = new Message(room, number, UUID.randomUUID(), caller, now, words.text(), attachments);
        handle.createUpdate("""
                        with said as (
                            insert into chat.messages (room_id, number, id, author, at, text, key)
                            values (:room, :number, :id, :author, :at, :text, :key))
                        update chat.members set read_up_to = :number where room_id = :room and user_id = :author""")
                .bind("room", room)
                .bind("number", number)
                .bind("id", message.messageId())
                .bind("author", caller)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("text", words.text())
                .bind("key", words.key())
                .execute();
        Attachments.keep(handle, room, number, attachments);
        events.apply(handle).publish(ChatEvents.SAID, message.messageId(), message);
        return message;
    }

    /** What was said before a message, the newest first. */
    History before(UUID caller, UUID room, long number, int limit) {
        return page(caller, room, "number < :number order by number desc", number, limit);
    }

    /** What was said after a message, the oldest first. */
    History after(UUID caller, UUID room, long number, int limit) {
        return page(caller, room, "number > :number order by number", number, limit);
    }

    private History page(UUID caller, UUID room, String which, long number, int limit) {
        List<Message> found = database.run(handle -> {
            Memberships.refuseOutsider(handle, room, caller);
            List<Message> bare = handle.createQuery(
                            Columns.MESSAGE + " where room_id = :room and " + which + " limit :limit")
                    .bind("room", room)
                    .bind("number", number)
                    .bind("limit", limit + 1)
                    .map((row, context) -> Columns.message(row))
                    .list();
            return whole(handle, room, bare);
        });
        boolean more = found.size() > limit;
        return new History(more ? found.subList(0, limit) : found, more);
    }

    /** {@return a file of a message in a room that the caller is in} */
    Attachment attachment(UUID caller, UUID room, UUID message, UUID file) {
        return database.run(handle -> {
            Memberships.refuseOutsider(handle, room, caller);
            return Attachments.find(handle, room, message, file);
        });
    }

    Unread read(UUID caller, UUID room, long upTo) {
        return database.run(handle -> new Unread(room, read(handle, caller, room, upTo)));
    }

    /** {@return how many messages are unread from now on} */
    private static long read(Handle handle, UUID caller, UUID room, long upTo) {
        return handle.createQuery("""
                        update chat.members m set read_up_to = greatest(m.read_up_to, least(:upTo, r.messages))
                        from chat.rooms r where r.id = m.room_id and m.room_id = :room and m.user_id = :user
                        returning r.messages - m.read_up_to""")
                .bind("room", room)
                .bind("user", caller)
                .bind("upTo", upTo)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> ChatError.ROOM_NOT_FOUND.problem().toException());
    }
}
