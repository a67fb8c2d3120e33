package io.betrue.benchmarks.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A gateway over NATS: how fast it is, and what faults do to it, see {@code benchmarks/gateway}. */
public final class GatewayComparison {
    private GatewayComparison() {}

    /**
     * Measures and harms.
     *
     * @param arguments see {@code benchmarks/gateway}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.of(arguments);
        PrintStream out = System.out;
        List<String> failed = new ArrayList<>();
        for (String mode : options.modes()) {
            try (Bench bench = new Bench(out)) {
                bench.say("%n%s", mode);
                run(mode, bench, options);
                if (!bench.isGood()) {
                    failed.add(mode);
                }
            }
        }
        out.println(failed.isEmpty() ? "\nall hold" : "\nfailed: " + String.join(", ", failed));
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static void run(String mode, Bench bench, Options options) throws IOException, InterruptedException {
        switch (mode) {
            case "rates" -> new GatewayFigures(bench, options).rates();
            case "latency" -> new GatewayFigures(bench, options).latency();
            case "neighbour" -> new GatewayFigures(bench, options).neighbour();
            case "kill" -> new GatewayFaults(bench, options).kill();
            case "restart" -> new GatewayFaults(bench, options).restart();
            case "outage" -> new GatewayFaults(bench, options).outage();
            case "stream" -> new GatewayStreams(bench, options).run();
            default -> throw new IllegalStateException(mode + " is not there yet");
        }
    }
}
