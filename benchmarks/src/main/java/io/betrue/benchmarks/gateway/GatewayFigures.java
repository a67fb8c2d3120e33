package io.betrue.benchmarks.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** How much and how fast, in rounds in which each takes its turn. */
final class GatewayFigures {
    private static final int PER_SECOND = 500;
    private static final int PACED = 32;
    private static final int SLOW_CALLERS = 8;
    private static final byte[] AUDIT = Line.post("/api/ledger/audit", "{}", "Timeout-Ms: 25000");

    private final Bench bench;
    private final Options options;

    GatewayFigures(Bench bench, Options options) {
        this.bench = bench;
        this.options = options;
    }

    /** A way in, and the processes behind it. */
    private record Way(String name, Load load, List<Node> nodes) {
        double processorSeconds() {
            return nodes.stream().mapToDouble(Node::processorSeconds).sum();
        }
    }

    /** What was measured of one. */
    private record Measured(List<Double> rates, List<Double> micros) {}

    private Way way(String name) {
        List<Node> nodes = switch (name) {
            case "local" -> List.of(bench.local());
            case "gateway" -> List.of(bench.service(Bench.HEAP), bench.gateway(Bench.HEAP));
            default -> bench.moleculer();
        };
        return new Way(name, Bench.deposits(nodes.get(nodes.size() - 1)), nodes);
    }

    /** Requests a second. */
    void rates() {
        List<Way> ways = options.systems().stream().map(this::way).toList();
        ways.forEach(way -> way.load().closed(options.connections(), warmUp()));
        Map<String, Measured> all = new LinkedHashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            ways.forEach(way -> measure(
                    way, all.computeIfAbsent(way.name(), any -> new Measured(new ArrayList<>(), new ArrayList<>()))));
        }
        bench.say(
                "requests a second over %d connections, median of %d rounds of %.0f s (lowest to highest); processor time of the server's processes, without nats-server:",
                options.connections(), options.rounds(), options.seconds());
        all.forEach((name, measured) -> bench.say(
                "  %-10s %s, %s µs each",
                name, Bench.spread(measured.rates, "%,.0f"), Bench.spread(measured.micros, "%,.0f")));
        compare(all, "local", 0.5);
        compare(all, "moleculer", 2);
    }

    private void measure(Way way, Measured measured) {
        double before = way.processorSeconds();
        double rate = way.load().closed(options.connections(), options.seconds());
        measured.rates.add(rate);
        measured.micros.add((way.processorSeconds() - before) * 1e6 / (rate * options.seconds()));
    }

    private void compare(Map<String, Measured> all, String other, double wanted) {
        Measured gateway = all.get("gateway");
        Measured peer = all.get(other);
        if (gateway != null && peer != null) {
            double ratio = ratio(gateway.rates, peer.rates);
            bench.must(ratio >= wanted, "gateway : %s = %.2f, wanted at least %.1f", other, ratio, wanted);
        }
    }

    private double warmUp() {
        return options.quick() ? 2 : 25;
    }

    private static double ratio(List<Double> own, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            ratios.add(own.get(i) / others.get(i));
        }
        return Bench.median(ratios);
    }

    /** What the hop adds. */
    void latency() {
        Load local = Bench.deposits(bench.local());
        bench.service(Bench.HEAP);
        Load gateway = Bench.deposits(bench.gateway(Bench.HEAP));
        local.closed(options.connections(), warmUp());
        gateway.closed(options.connections(), warmUp());
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            long[] near = local.open(PACED, PER_SECOND, options.seconds());
            long[] far = gateway.open(PACED, PER_SECOND, options.seconds());
            bench.say("  round %d: local %s, gateway %s", round + 1, percentiles(near), percentiles(far));
            p50.add(Load.percentile(far, 0.5) - Load.percentile(near, 0.5));
            p99.add(Load.percentile(far, 0.99) - Load.percentile(near, 0.99));
        }
        bench.must(
                Bench.median(p50) <= 0.7, "the hop adds at p50 %s ms, wanted at most 0.7", Bench.spread(p50, "%.2f"));
        bench.must(Bench.median(p99) <= 2, "the hop adds at p99 %s ms, wanted at most 2", Bench.spread(p99, "%.2f"));
    }

    private static String percentiles(long[] took) {
        return String.format(
                java.util.Locale.ROOT,
                "p50 %.2f p99 %.2f max %.1f ms",
                Load.percentile(took, 0.5),
                Load.percentile(took, 0.99),
                Load.percentile(took, 1));
    }

    /** What a slow command does to another. */
    void neighbour() throws InterruptedException {
        bench.service(Bench.HEAP);
        Node gateway = bench.gateway(Bench.HEAP);
        Load load = Bench.deposits(gateway);
        load.closed(options.connections(), warmUp());
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            alone.add(Load.percentile(load.open(PACED, PER_SECOND, options.seconds()), 0.99));
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> slow = slow(gateway, over);
            beside.add(Load.percentile(load.open(PACED, PER_SECOND, options.seconds()), 0.99));
            over.set(true);
            for (Thread thread : slow) {
                thread.interrupt();
                thread.join();
            }
        }
        bench.say(
                "  p99 alone %s ms, beside %d callers of a command that takes 10 s %s ms",
                Bench.spread(alone, "%.2f"), SLOW_CALLERS, Bench.spread(beside, "%.2f"));
        double ratio = ratio(beside, alone);
        bench.must(ratio < 1.2, "p99 beside a slow command : alone = %.2f, wanted less than 1.2", ratio);
    }

    private static List<Thread> slow(Node gateway, AtomicBoolean over) {
        Thread[] threads = new Thread[SLOW_CALLERS];
        for (int i = 0; i < SLOW_CALLERS; i++) {
            threads[i] = new Thread(() -> audit(gateway, over), "slow-" + i);
            threads[i].start();
        }
        return Arrays.asList(threads);
    }

    /** One call after the other. */
    private static void audit(Node gateway, AtomicBoolean over) {
        while (!over.get()) {
            try (Line line = new Line(gateway.port())) {
                Line.Answer answer = line.send(AUDIT);
                if (answer.status() != 200) {
                    throw new IllegalStateException("a slow call was answered " + answer);
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
