package io.betrue.benchmarks.gateway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Processes that are killed and replaced under load, and a NATS server that is away. */
final class GatewayFaults {
    private static final int CONNECTIONS = 16;
    private static final double LAST_FAILURE = 2_000; // ms after a kill
    private static final double AT_ONCE = 1_000; // ms
    private static final double BACK = 2_000; // ms
    private static final int MOST_SHOWN = 5;

    private final Bench bench;
    private final Options options;

    GatewayFaults(Bench bench, Options options) {
        this.bench = bench;
        this.options = options;
    }

    private void warm(List<Node> gateways) {
        gateways.forEach(gateway -> Bench.deposits(gateway).closed(CONNECTIONS, options.quick() ? 4 : 15));
    }

    private void pause(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1_000));
    }

    /** One of two instances is killed. */
    void kill() throws InterruptedException {
        for (int i = 0; i < (options.quick() ? 1 : 5); i++) {
            killOne();
        }
    }

    private void killOne() throws InterruptedException {
        Node victim = bench.service(Bench.HEAP);
        Node other = bench.service(Bench.HEAP);
        Node gateway = bench.gateway(Bench.HEAP);
        warm(List.of(gateway));
        Balancer load = new Balancer(List.of(gateway.port()));
        long killed;
        long gone;
        int waiting;
        try (load) {
            pause(3);
            waiting = load.waiting();
            killed = System.nanoTime();
            victim.kill();
            gone = victim.awaitEnd();
            pause(5);
        }
        List<Balancer.Sent> failed =
                load.sent().stream().filter(one -> !one.isGood()).toList();
        long inFlight = load.sent().stream()
                .filter(one -> one.began() <= gone && one.ended() >= killed)
                .count();
        double last = failed.stream().mapToLong(Balancer.Sent::ended).max().orElse(killed);
        say(load, killed);
        bench.say("  %d were waiting when it was killed, it was gone %.1f ms later", waiting, (gone - killed) / 1e6);
        bench.must(failed.size() <= inFlight, "%d failed, of %d in flight until it was gone", failed.size(), inFlight);
        bench.must((last - killed) / 1e6 <= LAST_FAILURE, "the last failed %.0f ms after", (last - killed) / 1e6);
        gateway.close();
        other.close();
    }

    /** What came of all requests: how many there were of each kind, and the first of those that failed. */
    private void say(Balancer load, long zero) {
        Map<String, Integer> kinds = new TreeMap<>();
        load.sent().forEach(one -> kinds.merge(Integer.toString(one.status()), 1, Integer::sum));
        bench.say("  requests by status (0: none): %s", kinds);
        load.sent().stream()
                .filter(one -> !one.isGood())
                .limit(MOST_SHOWN)
                .forEach(one -> bench.say(
                        "    sent at %.0f ms, failed after %.0f ms: %d %s",
                        (one.began() - zero) / 1e6, one.millis(), one.status(), one.why()));
    }

    /** Every process but nats-server is replaced. */
    void restart() throws InterruptedException {
        List<Node> services = List.of(bench.service(Bench.HEAP), bench.service(Bench.HEAP));
        List<Node> gateways = List.of(bench.gateway(Bench.HEAP), bench.gateway(Bench.HEAP));
        warm(gateways);
        Balancer load = new Balancer(gateways.stream().map(Node::port).toList());
        long zero = System.nanoTime();
        try (load) {
            pause(2);
            for (Node old : services) {
                Node fresh = bench.service(Bench.HEAP);
                pause(1);
                stop("service", old);
                bench.say("  a service was replaced at port %d", fresh.port());
            }
            for (Node old : gateways) {
                Node fresh = bench.gateway(Bench.HEAP);
                load.add(fresh.port());
                pause(1);
                stop("gateway", old);
                load.remove(old.port());
            }
            pause(2);
        }
        say(load, zero);
        long failed = load.sent().stream().filter(one -> !one.isGood()).count();
        bench.must(failed == 0, "%d of %d failed", failed, load.sent().size());
    }

    private void stop(String name, Node node) throws InterruptedException {
        int status = node.terminate();
        bench.must(status == 0, "a %s ended with status %d after SIGTERM", name, status);
    }

    /** The NATS server is away for 10 seconds. */
    void outage() throws InterruptedException {
        bench.service(Bench.HEAP);
        Node gateway = bench.gateway(Bench.HEAP);
        warm(List.of(gateway));
        Balancer load = new Balancer(List.of(gateway.port()));
        long stopped;
        long back;
        try (load) {
            pause(2);
            stopped = System.nanoTime();
            bench.nats.stop();
            pause(options.quick() ? 4 : 10);
            bench.nats.startAgain();
            back = System.nanoTime();
            pause(5);
        }
        say(load, stopped);
        List<Balancer.Sent> failed =
                load.sent().stream().filter(one -> !one.isGood()).toList();
        long unclear = failed.stream()
                .filter(one -> one.status() != 503 || !one.why().contains("UNAVAILABLE"))
                .count();
        double slowest =
                failed.stream().mapToDouble(Balancer.Sent::millis).max().orElse(0);
        double last = failed.stream().mapToLong(Balancer.Sent::began).max().orElse(back);
        bench.must(
                !failed.isEmpty() && unclear == 0,
                "%d of %d failures say anything but UNAVAILABLE",
                unclear,
                failed.size());
        bench.must(slowest <= AT_ONCE, "the slowest failure took %.0f ms, wanted at most %.0f", slowest, AT_ONCE);
        bench.must(
                (last - back) / 1e6 <= BACK,
                "the last that failed was sent %.0f ms after its return",
                (last - back) / 1e6);
    }
}
