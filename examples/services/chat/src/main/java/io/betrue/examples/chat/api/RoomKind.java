package io.betrue.examples.chat.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who can be in a room. */
public enum RoomKind {
    /** Whoever is invited. */
    ROOM,

    /** Two users, always the same. */
    PRIVATE;

    /** {@return how it is written in JSON and in the database} */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
