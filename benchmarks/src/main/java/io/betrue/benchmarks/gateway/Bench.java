package io.betrue.benchmarks.gateway;

import io.betrue.testsupport.NatsNode;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Processes beside one another, on a nats-server of their own; and what is said of them. */
final class Bench implements AutoCloseable {
    static final String HEAP = "256m";
    static final byte[] DEPOSIT = Line.post("/api/ledger/deposit", "{\"currency\":\"EUR\",\"amount\":41}");
    static final String BALANCE = "\"amount\":42";

    final NatsNode nats = NatsNode.start();
    private final Deque<Node> nodes = new ArrayDeque<>();
    private final PrintStream out;
    private boolean good = true;

    Bench(PrintStream out) {
        this.out = out;
    }

    private Node keep(Node node) {
        nodes.push(node);
        return node;
    }

    Node local() {
        return keep(Node.java(HEAP, "local"));
    }

    Node service(String heap) {
        return keep(Node.java(heap, "service", nats.url()));
    }

    Node gateway(String heap) {
        return keep(Node.java(heap, "gateway", nats.url()));
    }

    /** {@return its processes, the way in as the last} */
    List<Node> moleculer() {
        return List.of(
                keep(Node.moleculer("service.mjs", nats.url())), keep(Node.moleculer("gateway.mjs", nats.url())));
    }

    static Load deposits(Node node) {
        return new Load(node.port(), DEPOSIT, BALANCE);
    }

    void say(String text, Object... args) {
        out.printf(Locale.ROOT, text + "%n", args);
    }

    /** Says whether what must hold does. */
    void must(boolean holds, String text, Object... args) {
        good &= holds;
        say((holds ? "  holds  " : "  FAILS  ") + text, args);
    }

    boolean isGood() {
        return good;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    /** {@return median, lowest and highest} */
    static String spread(List<Double> values, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                median(values),
                values.stream().mapToDouble(value -> value).min().orElse(0),
                values.stream().mapToDouble(value -> value).max().orElse(0));
    }

    @Override
    public void close() {
        while (!nodes.isEmpty()) {
            nodes.pop().close();
        }
        nats.close();
    }
}
