package io.betrue.examples.chat.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who is in a room, whether connected or not.
 *
 * @param members in the order in which they came
 */
public record Members(List<Member> members) {
    /** Copies the list. */
    public Members {
        members = List.copyOf(members);
    }

    /**
     * One of them.
     *
     * @param userId who
     * @param since when they came
     * @param readUpTo the number of the last message that they have read, 0 if none
     */
    public record Member(UUID userId, Instant since, long readUpTo) {}
}
