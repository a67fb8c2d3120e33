package io.betrue.examples.chat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the caller's rooms, in an order that stays.
 *
 * @param rooms the rooms
 * @param next the cursor of the page that follows, or null when there is none: the last page has no such member
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rooms(List<Room> rooms, @Nullable String next) {
    /** Copies the list. */
    public Rooms {
        rooms = List.copyOf(rooms);
    }
}
