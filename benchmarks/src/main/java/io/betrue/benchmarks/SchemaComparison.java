package io.betrue.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.betrue.schema.Schema;
import io.betrue.schema.Schemas;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From bytes to the verdict, by toolkit-schema and by networknt's validator on the same documents: processor time of the one thread that works, in rounds that
 * take the candidates in turn. Each ratio is the median of those of the rounds.
 */
public final class SchemaComparison {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ROUND = 150_000_000L;
    private static final int WARM_UP = 12;

    private interface Verdict {
        boolean valid(byte[] document) throws IOException;
    }

    private record Candidate(String name, Verdict verdict) {}

    private SchemaComparison() {}

    /**
     * Measures and prints.
     *
     * @param arguments the number of rounds; 15 unless given
     * @throws IOException never
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        System.out.printf("%-18s %10s %12s %12s %8s%n", "document", "parse µs", "toolkit µs", "networknt µs", "ratio");
        compare("model", SchemaDocuments.MODEL_SCHEMA, SchemaDocuments.MODEL, rounds);
        compare("orders", SchemaDocuments.ORDERS_SCHEMA, SchemaDocuments.orders(30), rounds);
        compare("orders", SchemaDocuments.ORDERS_SCHEMA, SchemaDocuments.orders(1600), rounds);
    }

    private static void compare(String name, String schema, byte[] document, int rounds) throws IOException {
        Schema ours = Schemas.load(config -> config.json("it", schema)).get("it");
        com.networknt.schema.Schema theirs =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
        List<Candidate> candidates = List.of(
                new Candidate("parse", bytes -> !JSON.readTree(bytes).isMissingNode()),
                new Candidate(
                        "toolkit", bytes -> ours.validate(JSON.readTree(bytes)).isEmpty()),
                new Candidate(
                        "networknt",
                        bytes -> theirs.validate(JSON.readTree(bytes)).isEmpty()));
        byte[] broken = new String(document, java.nio.charset.StandardCharsets.UTF_8)
                .replace("@shop", "@@shop")
                .replace("40", "0")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        JsonNode wrong = JSON.readTree(broken);
        if (ours.validate(wrong).isEmpty() || theirs.validate(wrong).isEmpty()) {
            throw new IllegalStateException("a broken document passes");
        }
        double[][] times = new double[candidates.size()][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < candidates.size(); i++) {
                int which = Math.floorMod(i + round, candidates.size());
                double time = time(candidates.get(which), document);
                if (round >= 0) {
                    times[which][round] = time;
                }
            }
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(times[1][round] / times[2][round]);
        }
        System.out.printf(
                Locale.ROOT,
                "%-18s %10.2f %12.2f %12.2f %8.2f%n",
                name + " " + document.length + " B",
                median(times[0]),
                median(times[1]),
                median(times[2]),
                median(ratios.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static double time(Candidate candidate, byte[] document) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        long end = start;
        int count = 0;
        while (end - start < ROUND) {
            for (int i = 0; i < 8; i++) {
                if (!candidate.verdict().valid(document)) {
                    throw new IllegalStateException(candidate.name() + " refuses a valid document");
                }
            }
            count += 8;
            end = THREADS.getCurrentThreadCpuTime();
        }
        return (end - start) / 1000.0 / count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
