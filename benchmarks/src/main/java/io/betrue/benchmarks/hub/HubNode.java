package io.betrue.benchmarks.hub;

import io.betrue.commands.Authentication;
import io.betrue.commands.Commands;
import io.betrue.commands.Principal;
import io.betrue.commands.hub.Audience;
import io.betrue.commands.hub.Hub;
import io.betrue.commands.hub.nats.NatsBroadcaster;
import io.betrue.commands.ws.WebSocketCommands;
import io.javalin.Javalin;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One node: prints its port, then does what its input says, line by line: {@code say 7} sends a message to all, {@code flood 20 8192} sends each of 20 users
 * events of so many bytes until one is gone, {@code heap} prints the bytes in use after a collection, {@code count} how many connections there are.
 */
final class HubNode {
    static final String ROOM = "all";
    private static final int MOST = 50_000;
    private static final int COLLECTIONS = 3;
    private static final long PAUSE_MILLIS = 300;
    private static final int LOOK = 128 * 1024;
    private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(50);

    private HubNode() {}

    /** One message. */
    record Tick(int n, long nanos, String fill) {}

    public static void main(String... args) throws IOException, InterruptedException {
        Options options = Options.builder().server(args[0]).maxReconnects(-1).build();
        Connection nats = Nats.connect(options);
        try (NatsBroadcaster broadcaster = NatsBroadcaster.of(nats, n -> n.namespace("bench"));
                Hub hub = Hub.of(h -> h.broadcaster(broadcaster));
                Commands commands = Commands.of(c -> hub.handle(
                        c.intercept(Authentication.bearer(token -> Optional.of(Principal.of(token)))),
                        (context, room) -> {}))) {
            Javalin app = Javalin.create(config ->
                            config.registerPlugin(new WebSocketCommands(commands, ws -> ws.connections(MOST, MOST))))
                    .start(0);
            System.out.println("port " + app.port());
            serve(hub);
            app.stop();
        } finally {
            nats.close();
        }
    }

    private static void serve(Hub hub) throws IOException, InterruptedException {
        String fill = "x".repeat(60);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "heap" -> System.out.println("heap " + heap());
                case "count" -> System.out.println("count " + hub.connections());
                case "flood" ->
                    System.out.println("flooded " + flood(hub, Integer.parseInt(words[1]), Integer.parseInt(words[2])));
                default ->
                    hub.send(Audience.room(ROOM), "tick", new Tick(Integer.parseInt(words[1]), System.nanoTime(), fill))
                            .whenComplete((done, failure) -> {
                                if (failure != null) {
                                    System.err.println("not sent: " + failure);
                                }
                            });
            }
        }
    }

    /** {@return the most bytes that were in use after a collection, until somebody was gone} */
    private static long flood(Hub hub, int users, int bytes) throws InterruptedException {
        long until = System.nanoTime() + FLOOD_NANOS;
        long most = 0;
        for (int sent = 0; hub.connections() >= users && System.nanoTime() < until; sent += bytes) {
            for (int user = 0; user < users; user++) {
                hub.send(Audience.user("u" + user), "flood", "x".repeat(bytes));
            }
            Thread.sleep(2); // what the network takes, it takes
            if (sent % LOOK == 0) {
                System.gc();
                most = Math.max(most, used());
            }
        }
        return most;
    }

    static long heap() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        return used();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
