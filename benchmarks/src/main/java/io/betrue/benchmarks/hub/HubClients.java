package io.betrue.benchmarks.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * All clients, in one thread: {@code <read|unread> <connections> <warm-up> <rounds> <messages of a round> <port>…}. Prints {@code ready}, {@code result} when each client
 * has got all messages or nothing more comes, and on {@code closed} how many were closed with which code. Ends with its input. {@code unread} clients read no more once they are in the room,
 * until {@code closed} is asked.
 */
final class HubClients implements ClientSocket.Ears {
    private static final int AT_ONCE = 16;
    private static final long MOST_WAIT = TimeUnit.MINUTES.toMillis(4);
    private static final long TICK_MILLIS = 100;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final boolean unread;
    private final int connections;
    private final int rounds;
    private final int[] ports;
    private final Selector selector = Selector.open();
    private final Tally tally;
    private final List<ClientSocket> sockets = new ArrayList<>();
    private final Map<Integer, Integer> codes = new TreeMap<>();
    private int joined;
    private int gone;
    private boolean told;
    private long lastAt;
    private volatile boolean asked;
    private volatile boolean over;

    private HubClients(String... args) throws IOException {
        unread = args[0].equals("unread");
        connections = Integer.parseInt(args[1]);
        int warmUp = Integer.parseInt(args[2]);
        rounds = Integer.parseInt(args[3]);
        tally = new Tally(connections, warmUp + rounds * Integer.parseInt(args[4]), warmUp);
        ports = new int[args.length - 5];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = Integer.parseInt(args[5 + i]);
        }
    }

    public static void main(String... args) throws IOException {
        HubClients clients = new HubClients(args);
        Thread input = new Thread(clients::listen, "input");
        input.setDaemon(true);
        input.start();
        clients.run();
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked = true;
                selector.wakeup();
            }
        } catch (IOException e) {
            System.err.println("input is gone: " + e);
        }
        over = true;
        selector.wakeup();
    }

    private void run() throws IOException {
        boolean ready = false;
        long until = System.currentTimeMillis() + MOST_WAIT;
        while (!over) {
            while (sockets.size() < connections && sockets.size() - joined - gone < AT_ONCE) {
                int id = sockets.size();
                sockets.add(new ClientSocket(id, ports[id % ports.length], unread, selector, this));
            }
            selector.select(TICK_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isValid()) {
                    ((ClientSocket) key.attachment()).ready();
                }
            }
            selector.selectedKeys().clear();
            if (!ready && (joined + gone == connections || System.currentTimeMillis() > until)) {
                ready = true;
                System.out.println("ready " + joined);
            }
            answer();
        }
    }

    private void answer() {
        boolean quiet = lastAt != 0 && System.nanoTime() - lastAt > QUIET_NANOS;
        if (!unread && !told && (quiet || tally.isWhole())) {
            told = true;
            System.out.println("result " + tally.result(rounds));
        }
        if (asked && gone < connections) {
            sockets.forEach(socket -> socket.pause(false));
        } else if (asked) {
            asked = false;
            System.out.println("closed " + codes);
        }
    }

    @Override
    public void opened(ClientSocket socket) throws IOException {
        socket.say("{\"id\":1,\"call\":\"_hub/join\",\"input\":{\"room\":\"" + HubNode.ROOM
                + "\"},\"headers\":{\"authorization\":\"Bearer u" + socket.id + "\"}}");
    }

    @Override
    public void heard(ClientSocket socket, String message) throws IOException {
        if (message.startsWith("{\"event\":\"tick\"")) {
            lastAt = System.nanoTime();
            tally.add(socket.id, (int) number(message, "\"n\":"), lastAt - number(message, "\"nanos\":"));
        } else if (message.startsWith("{\"event\":\"_hub/joined\"")) {
            joined++;
            socket.pause(unread);
        } else if (message.startsWith("{\"ping\"")) {
            socket.say(message.replace("ping", "pong"));
        } else if (message.contains("\"problem\"")) {
            System.err.println("client " + socket.id + ": " + message);
        }
    }

    private static long number(String message, String name) {
        int from = message.indexOf(name) + name.length();
        int to = from;
        while (Character.isDigit(message.charAt(to))) {
            to++;
        }
        return Long.parseLong(message, from, to, 10);
    }

    @Override
    public void closed(ClientSocket socket, int code) {
        gone++;
        codes.merge(code, 1, Integer::sum);
        if (!unread) {
            System.err.println("client " + socket.id + " was closed: " + code);
        }
    }
}
