package io.betrue.commands.hub;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.Commands;
import io.betrue.commands.Principal;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A node of an application: a hub and its commands. Rooms that begin with {@code secret} are for nobody; a user's tag is the first letter. */
public final class Node implements AutoCloseable {
    public final Hub hub;
    public final Commands commands;

    public Node(Broadcaster broadcaster) {
        hub = Hub.of(h ->
                h.broadcaster(broadcaster).heartbeat(Duration.ofMillis(100)).maxRoomsPerConnection(3));
        commands = Commands.of(c ->
                hub.handle(c.intercept(Authentication.bearer(token -> Optional.of(Principal.of(token)))), new Rules()));
    }

    private static final class Rules implements Admission {
        @Override
        public void join(CommandContext context, String room) {
            if (room.startsWith("secret")) {
                throw StandardError.FORBIDDEN.problem().toException();
            }
        }

        @Override
        public Set<String> tags(CommandContext context) {
            return context.caller()
                    .map(caller -> Set.of(caller.id().substring(0, 1)))
                    .orElse(Set.of());
        }
    }

    public Client client(String user) {
        return new Client(user, commands);
    }

    public void say(String room, Object data) {
        hub.send(Audience.room(room), "said", data).toCompletableFuture().join();
    }

    /** The process dies: nobody says good-bye. */
    public void die() {
        hub.die();
    }

    @Override
    public void close() {
        commands.close();
        hub.close();
    }
}
