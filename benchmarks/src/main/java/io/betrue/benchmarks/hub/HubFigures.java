package io.betrue.benchmarks.hub;

import io.betrue.testsupport.NatsNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Nodes, a NATS server and a process with all the clients, on this machine; says what came of it as a table. */
public final class HubFigures {
    private static final int PER_SECOND = 10;
    private static final double P99_MILLIS = 60;
    private static final int KIB = 1024;
    private static final int MOST_KIB = 30;
    private static final double MOST_MIB = 2;
    private static final int PATIENCE = 90;
    private static final int CONNECTING = 300;
    private static final int SLOW = 20;
    private static final int PIECE = 8 * KIB;
    private static final String HEAP = "512m";

    private final boolean quick;

    private HubFigures(boolean quick) {
        this.quick = quick;
    }

    /**
     * Measures.
     *
     * @param args {@code fanout}, {@code idle}, {@code slow} or {@code all}, and {@code --quick}
     * @throws Exception if a process does not do what it should
     */
    public static void main(String... args) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        HubFigures figures = new HubFigures(words.remove("--quick"));
        String what = words.isEmpty() ? "all" : words.get(0);
        if (words.size() > 1 || !List.of("all", "fanout", "idle", "slow").contains(what)) {
            throw new IllegalArgumentException("fanout, idle, slow or all, and --quick; was " + words);
        }
        System.out.println("| what | rounds | median | at most |\n|---|---|---|---|");
        boolean good = true;
        for (String one : what.equals("all") ? List.of("fanout", "idle", "slow") : List.of(what)) {
            good &= switch (one) {
                case "fanout" -> figures.fanOut();
                case "idle" -> figures.idle();
                default -> figures.slow();
            };
        }
        System.exit(good ? 0 : 1);
    }

    // ---- fan-out

    private boolean fanOut() throws IOException, InterruptedException {
        int connections = quick ? 200 : 2_000;
        int warmUp = PER_SECOND * (quick ? 2 : 10);
        int rounds = quick ? 3 : 5;
        int each = PER_SECOND * (quick ? 3 : 20);
        try (NatsNode nats = NatsNode.start();
                Child first = node(nats);
                Child second = node(nats)) {
            String one = first.word("port", PATIENCE);
            String other = second.word("port", PATIENCE);
            List<Integer> numbers = List.of(connections, warmUp, rounds, each);
            try (Child clients = clients("read", numbers, one, other)) {
                int ready = Integer.parseInt(clients.word("ready", CONNECTING));
                int messages = warmUp + rounds * each;
                speak(messages, first, second);
                String[] result = clients.word("result", PATIENCE).split(" ", -1);
                return report(ready, connections, messages, rounds, result);
            }
        }
    }

    private static void speak(int messages, Child first, Child second) {
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            LockSupport.parkNanos(begin + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
            (i % 2 == 0 ? first : second).tell("say " + i);
        }
    }

    private static boolean report(int ready, int connections, int messages, int rounds, String... result) {
        String name = connections + " connections on two nodes, " + PER_SECOND + "/s to all: ";
        double[] p50 = column(result, 0, rounds);
        double[] p99 = column(result, 1, rounds);
        row(name + "p50, ms", p50, "");
        row(name + "p99, ms", p99, Double.toString(P99_MILLIS));
        row(name + "slowest, ms", column(result, 2, rounds), "");
        long wanted = (long) connections * messages;
        System.out.printf(Locale.ROOT, "| of %d deliveries: came | | %s | %d |%n", wanted, result[0], wanted);
        System.out.printf(
                "| lost, twice, clients with another order | | %s, %s, %s | 0, 0, 0 |%n",
                result[1], result[2], result[3]);
        boolean whole =
                ready == connections && Arrays.asList(result).subList(1, 4).equals(List.of("0", "0", "0"));
        return whole && median(p99) <= P99_MILLIS;
    }

    private static double[] column(String[] result, int which, int rounds) {
        double[] values = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            values[round] = Double.parseDouble(result[4 + 3 * round + which]);
        }
        return values;
    }

    // ---- idle connections

    private boolean idle() throws IOException, InterruptedException {
        int few = 100;
        int many = quick ? 1_000 : 10_000;
        double[] each = new double[quick ? 2 : 3];
        for (int round = 0; round < each.length; round++) {
            try (NatsNode nats = NatsNode.start();
                    Child node = node(nats)) {
                String port = node.word("port", PATIENCE);
                long base = used(node, port, few);
                each[round] = (double) (used(node, port, many) - base) / (many - few) / KIB;
            }
        }
        row(
                "heap of a node for each of " + many + " idle connections in a room, KiB",
                each,
                Integer.toString(MOST_KIB));
        return median(each) <= MOST_KIB;
    }

    private long used(Child node, String port, int connections) throws IOException, InterruptedException {
        try (Child clients = clients("read", List.of(connections, 0, 1, 1), port)) {
            int ready = Integer.parseInt(clients.word("ready", CONNECTING));
            if (ready != connections) {
                throw new IOException(ready + " of " + connections + " connections are there");
            }
            return heap(node);
        } finally {
            awaitNobody(node);
        }
    }

    private static long heap(Child node) throws IOException, InterruptedException {
        node.tell("heap");
        return Long.parseLong(node.word("heap", PATIENCE));
    }

    private static double awaitNobody(Child node) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < PATIENCE * PER_SECOND; i++) {
            node.tell("count");
            if (node.word("count", PATIENCE).equals("0")) {
                return (System.nanoTime() - begin) / 1e9;
            }
            Thread.sleep(1_000 / PER_SECOND);
        }
        throw new IOException("connections are still there after " + PATIENCE + " s");
    }

    // ---- clients that never read

    private boolean slow() throws IOException, InterruptedException {
        double[] each = new double[quick ? 2 : 3];
        double[] seconds = new double[each.length];
        String codes = "";
        for (int round = 0; round < each.length; round++) {
            try (NatsNode nats = NatsNode.start();
                    Child node = node(nats)) {
                String port = node.word("port", PATIENCE);
                try (Child clients = clients("unread", List.of(SLOW, 0, 1, 1), port)) {
                    clients.word("ready", CONNECTING);
                    long before = heap(node);
                    node.tell("flood " + SLOW + ' ' + PIECE);
                    long most = Long.parseLong(node.word("flooded", PATIENCE));
                    each[round] = (most - before) / (double) SLOW / KIB / KIB;
                    seconds[round] = awaitNobody(node);
                    clients.tell("closed");
                    codes = clients.word("closed", PATIENCE);
                }
            }
        }
        row("heap of a node for each client that never reads, at most, MiB", each, Double.toString(MOST_MIB));
        row("seconds from the first that is gone to the last", seconds, "");
        System.out.println("| codes that they see when they read at last, and how many (0: cut) | | " + codes + " | |");
        return median(each) <= MOST_MIB;
    }

    // ---- processes and tables

    private static Child node(NatsNode nats) throws IOException {
        return new Child(HubNode.class, HEAP, List.of(nats.url()));
    }

    private static Child clients(String how, List<Integer> numbers, String... ports) throws IOException {
        List<String> args = new ArrayList<>(List.of(how));
        numbers.forEach(number -> args.add(number.toString()));
        args.addAll(List.of(ports));
        return new Child(HubClients.class, HEAP, args);
    }

    private static void row(String what, double[] rounds, String most) {
        StringBuilder all = new StringBuilder();
        for (double round : rounds) {
            all.append(String.format(Locale.ROOT, "%.2f ", round));
        }
        System.out.printf(
                Locale.ROOT, "| %s | %s | %.2f | %s |%n", what, all.toString().strip(), median(rounds), most);
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
