package io.betrue.examples.chat;

/**
 * Everything about this service that an application may choose.
 *
 * @param roomsOfUser how many rooms a user can be in, 1 to 10,000
 * @param membersOfRoom how many members a room can have, 2 to 10,000
 */
public record ChatOptions(int roomsOfUser, int membersOfRoom) {
    private static final int MOST = 10_000;

    /** Refuses what is out of range. */
    public ChatOptions {
        if (roomsOfUser < 1 || roomsOfUser > MOST || membersOfRoom < 2 || membersOfRoom > MOST) {
            throw new IllegalArgumentException("a user has 1 to 10,000 rooms, a room 2 to 10,000 members");
        }
    }

    /** {@return 100 rooms for each user, 100 members for each room} */
    public static ChatOptions defaults() {
        return new ChatOptions(100, 100);
    }
}
