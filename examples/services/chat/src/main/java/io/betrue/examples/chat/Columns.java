package io.betrue.examples.chat;

import io.betrue.examples.chat.api.Attachment;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.Room;
import io.betrue.examples.chat.api.RoomKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of rows. */
final class Columns {
    static final String ROOM = """
            select r.id, r.kind, r.name, r.pair, r.messages, r.messages - m.read_up_to as unread
            from chat.members m join chat.rooms r on r.id = m.room_id""";

    static final String MESSAGE = "select room_id, number, id, author, at, text from chat.messages";

    private Columns() {}

    static Room room(ResultSet row, UUID caller) throws SQLException {
        return new Room(
                row.getObject("id", UUID.class),
                RoomKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                other(row.getString("pair"), caller),
                row.getLong("messages"),
                row.getLong("unread"));
    }

    private static @Nullable UUID other(@Nullable String pair, UUID caller) {
        if (pair == null) {
            return null;
        }
        int colon = pair.indexOf(':');
        UUID first = UUID.fromString(pair.substring(0, colon));
        return first.equals(caller) ? UUID.fromString(pair.substring(colon + 1)) : first;
    }

    /** A message whose attachments are still to be found. */
    static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("room_id", UUID.class),
                row.getLong("number"),
                row.getObject("id", UUID.class),
                row.getObject("author", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("text"),
                List.of());
    }

    static Attachment attachment(ResultSet row) throws SQLException {
        return new Attachment(
                row.getObject("file_id", UUID.class),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"));
    }
}
