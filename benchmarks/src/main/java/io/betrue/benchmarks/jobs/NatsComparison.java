package io.betrue.benchmarks.jobs;

import io.betrue.localservers.NatsRelease;
import io.betrue.testsupport.NatsNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Jobs on a nats-server of their own, beside jnats alone. */
public final class NatsComparison {
    private NatsComparison() {}

    /**
     * Measures.
     *
     * @param arguments see {@code benchmarks/jobs-nats}
     */
    public static void main(String[] arguments)
            throws IOException, JetStreamApiException, ExecutionException, InterruptedException {
        String mode = "rates";
        int jobs = 100_000;
        int rounds = 5;
        boolean quick = false;
        boolean history = true;
        NatsRelease release = NatsRelease.USUAL;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "rates", "latency", "faults" -> mode = arguments[i];
                case "--no-history" -> history = false;
                case "--schedules" -> release = NatsRelease.SCHEDULES;
                case "--quick" -> {
                    jobs = 2_000;
                    rounds = 1;
                    quick = true;
                }
                case "--jobs" -> jobs = Integer.parseInt(arguments[++i]);
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                default ->
                    throw new IllegalArgumentException(
                            arguments[i] + " is no option; the head of benchmarks/jobs-nats names them all");
            }
        }
        boolean holds = true;
        try (NatsNode node = NatsNode.start(release)) {
            System.out.println("nats-server " + version(node.url()));
            if (mode.equals("latency")) {
                new NatsLatency(node.url(), rounds, System.out).run();
            } else if (mode.equals("faults")) {
                holds = new NatsFaults(node, quick, history, System.out).run();
            } else {
                new NatsRates(node.url(), jobs, rounds, System.out).run();
            }
        }
        if (!holds) {
            System.exit(1);
        }
    }

    private static String version(String url) throws IOException, InterruptedException {
        Connection connection = Nats.connect(url);
        try {
            return connection.getServerInfo().getVersion();
        } finally {
            connection.close();
        }
    }
}
