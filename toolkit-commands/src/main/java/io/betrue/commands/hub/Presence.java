package io.betrue.commands.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, over all nodes. Immutable.
 *
 * @param room the room
 * @param count how many connections
 * @param members some of them, as many as {@link HubConfig#presenceLimit} says
 * @param complete whether all nodes answered that were alive
 */
public record Presence(String room, long count, List<Present> members, boolean complete) {
    /**
     * One connection.
     *
     * @param user the id of its principal, or null for a stranger
     * @param session the name of the connection
     */
    public record Present(@Nullable String user, String session) {}

    /**
     * Copies the list.
     *
     * @param room the room
     * @param count how many connections
     * @param members some of them
     * @param complete whether all nodes answered
     */
    public Presence {
        members = List.copyOf(members);
    }
}
