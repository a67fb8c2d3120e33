package io.betrue.benchmarks.jobs;

import io.betrue.benchmarks.jobs.NatsPeers.Peer;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** How fast jobs are queued on JetStream one by one and in bulk, and worked off, beside jnats alone. */
final class NatsRates {
    private final String url;
    private final int single;
    private final int bulk;
    private final int rounds;
    private final PrintStream out;
    private final Map<String, List<Double>> rates = new TreeMap<>();

    NatsRates(String url, int bulk, int rounds, PrintStream out) {
        this.url = url;
        this.single = Math.max(100, bulk / 10);
        this.bulk = bulk;
        this.rounds = rounds;
        this.out = out;
    }

    void run() throws IOException, JetStreamApiException, ExecutionException, InterruptedException {
        List<Peer> peers = List.of(
                new NatsPeers.BeTrue("be-true", url, false),
                new NatsPeers.Raw("jnats", url, false),
                new NatsPeers.BeTrue("be-true-history", url, true),
                new NatsPeers.Raw("jnats-history", url, true));
        for (Peer peer : peers) {
            measure(peer);
        }
        rates.clear();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < peers.size(); i++) { // each round begins one further on
                measure(peers.get((i + round) % peers.size()));
            }
        }
        report("be-true", "jnats");
        report("be-true-history", "jnats-history");
        for (Peer peer : peers) {
            peer.close();
        }
    }

    /** One piece of work. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, JetStreamApiException, ExecutionException, InterruptedException;
    }

    private void measure(Peer peer)
            throws IOException, JetStreamApiException, ExecutionException, InterruptedException {
        time(peer, "one by one", single, () -> peer.enqueueOneByOne(single));
        time(peer, "bulk", bulk, () -> peer.enqueueInBulk(bulk));
        time(peer, "drain", single + bulk, () -> peer.drain(single + bulk));
    }

    private void time(Peer peer, String what, int count, Work work)
            throws IOException, JetStreamApiException, ExecutionException, InterruptedException {
        long since = System.nanoTime();
        work.run();
        double rate = count * 1e9 / (double) (System.nanoTime() - since);
        rates.computeIfAbsent(peer.name() + ' ' + what, key -> new ArrayList<>())
                .add(rate);
        out.printf(Locale.ROOT, "%s, %s: %,d at %,.0f/s%n", peer.name(), what, count, rate);
    }

    private void report(String own, String raw) {
        out.printf(
                Locale.ROOT,
                "%n| jobs/s, median of %d rounds (lowest to highest) | %s | %s | ratio |%n|---|---|---|---|%n",
                rounds,
                own,
                raw);
        for (String what : List.of("one by one", "bulk", "drain")) {
            List<Double> ours = rates.getOrDefault(own + ' ' + what, List.of());
            List<Double> theirs = rates.getOrDefault(raw + ' ' + what, List.of());
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f |%n",
                    what,
                    Figures.spread(ours),
                    Figures.spread(theirs),
                    Figures.ratio(ours, theirs));
        }
    }
}
