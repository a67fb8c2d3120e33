package io.betrue.commands.hub;

import io.betrue.commands.CommandContext;
import java.util.Set;

/**
 * Says who may come into which room: the application's part of the commands that {@link Hub#handle} adds. It runs as their handler does, behind the one chain, so the
 * caller is authenticated and has not called too often. It is called by many threads at once.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Lets a caller into a room, or throws. Who may come in may also ask who is there.
     *
     * @param context who asks
     * @param room which room
     * @throws io.betrue.errors.ProblemException FORBIDDEN or NOT_FOUND, say
     * @throws Exception for any other failure, which the caller sees as INTERNAL
     */
    void join(CommandContext context, String room) throws Exception;

    /**
     * Says by which tags a connection can be addressed; by none unless overridden.
     *
     * @param context who connects
     * @return at most 32 tags of 1 to 200 characters
     */
    default Set<String> tags(CommandContext context) {
        return Set.of();
    }

    /** {@return whether strangers may ask to come in; false unless overridden} */
    default boolean isForStrangers() {
        return false;
    }
}
