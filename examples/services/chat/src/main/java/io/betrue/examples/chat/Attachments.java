package io.betrue.examples.chat;

import io.betrue.commands.CommandContext;
import io.betrue.commands.Reply;
import io.betrue.errors.ProblemException;
import io.betrue.examples.chat.api.Attachment;
import io.betrue.examples.chat.api.ChatError;
import io.betrue.examples.files.api.Attach;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.FilesError;
import io.betrue.examples.files.api.OneFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Files that belong to messages. What they are is kept with the message, so that a room can be read without asking for files; their bytes are asked for by command. Safe for use by multiple threads. */
final class Attachments {
    private Attachments() {}

    /** {@return what files of the caller are}; fails with the problem of the files unless all are theirs */
    static List<Attachment> of(CommandContext context, List<UUID> fileIds) {
        if (fileIds.isEmpty()) {
            return List.of();
        }
        return context.call(FilesCommands.ATTACH, new Attach(fileIds)).files().stream()
                .map(file -> new Attachment(file.fileId(), file.name(), file.mediaType(), file.size()))
                .toList();
    }

    /** {@return the bytes of an attachment that the caller may have} */
    static Reply<Attachment> bytes(CommandContext context, Attachment attachment) {
        try {
            Reply<FileInfo> file = context.client().exchange(FilesCommands.READ, new OneFile(attachment.fileId()));
            return file.map(info -> attachment);
        } catch (ProblemException e) {
            if (e.code().name().equals(FilesError.FILE_NOT_FOUND.name())) { // it may come from another process
                throw notFound(); // its owner has deleted it
            }
            throw e;
        }
    }

    static ProblemException notFound() {
        return ChatError.ATTACHMENT_NOT_FOUND.problem().toException();
    }

    static void keep(Handle handle, UUID room, long number, List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into chat.attachments (room_id, number, place, file_id, name, media_type, size)
                values (:room, :number, :place, :file, :name, :type, :size)""");
        for (int place = 0; place < attachments.size(); place++) {
            Attachment attachment = attachments.get(place);
            batch.bind("room", room)
                    .bind("number", number)
                    .bind("place", place)
                    .bind("file", attachment.fileId())
                    .bind("name", attachment.name())
                    .bind("type", attachment.mediaType())
                    .bind("size", attachment.size())
                    .add();
        }
        batch.execute();
    }

    /** {@return what belongs to messages of a room, by their numbers} */
    static Map<Long, List<Attachment>> of(Handle handle, UUID room, List<Long> numbers) {
        Map<Long, List<Attachment>> found = new HashMap<>();
        if (!numbers.isEmpty()) {
            handle.createQuery("""
                            select number, file_id, name, media_type, size from chat.attachments
                            where room_id = :room and number = any(:numbers) order by number, place""")
                    .bind("room", room)
                    .bindArray("numbers", Long.class, numbers)
                    .map((row, context) -> Map.entry(row.getLong("number"), Columns.attachment(row)))
                    .forEach(one -> found.computeIfAbsent(one.getKey(), number -> new ArrayList<>())
                            .add(one.getValue()));
        }
        return found;
    }

    /** {@return a file of a message, for a member of its room} */
    static Attachment find(Handle handle, UUID room, UUID message, UUID file) {
        return handle.createQuery("""
                        select a.file_id, a.name, a.media_type, a.size
                        from chat.attachments a join chat.messages m on m.room_id = a.room_id and m.number = a.number
                        where m.room_id = :room and m.id = :message and a.file_id = :file""")
                .bind("room", room)
                .bind("message", message)
                .bind("file", file)
                .map((row, context) -> Columns.attachment(row))
                .findOne()
                .orElseThrow(Attachments::notFound);
    }
}
