package io.betrue.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.betrue.schema.Schema;
import io.betrue.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Expressions that take a backtracking engine exponential or high polynomial time, each as the {@code pattern} of a schema on a text of 100,000 characters that
 * nearly matches: elapsed time from the value to its violations. The first look at each is shown by itself, as the JVM has not compiled much then.
 */
public final class SchemaEvil {
    private static final int LENGTH = 100_000;
    private static final int WARM_UP = 3;

    private SchemaEvil() {}

    /**
     * Measures and prints.
     *
     * @param arguments the file with the expressions, an array of expression, piece and end each; and the number of rounds, 15 unless given
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        JsonNode rows = new ObjectMapper().readTree(Files.readString(Path.of(arguments[0])));
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        System.out.printf("%9s %9s %9s  %s%n", "first ms", "median ms", "worst ms", "pattern");
        double slowest = 0;
        double slowestFirst = 0;
        for (JsonNode row : rows) {
            double[] times = measure(row, rounds);
            double first = times[0];
            double[] sorted = Arrays.copyOfRange(times, WARM_UP, times.length);
            Arrays.sort(sorted);
            double median = sorted[sorted.length / 2];
            slowest = Math.max(slowest, median);
            slowestFirst = Math.max(slowestFirst, first);
            System.out.printf(
                    Locale.ROOT,
                    "%9.1f %9.1f %9.1f  %s%n",
                    first,
                    median,
                    sorted[sorted.length - 1],
                    row.path(0).asText());
        }
        System.out.printf(
                Locale.ROOT,
                "%d patterns; the slowest takes %.1f ms (median of %d), the slowest first look %.1f ms%n",
                rows.size(),
                slowest,
                rounds,
                slowestFirst);
    }

    private static double[] measure(JsonNode row, int rounds) {
        String schema = JsonNodeFactory.instance
                .objectNode()
                .put("pattern", row.path(0).asText())
                .toString();
        Schema compiled = Schemas.load(config -> config.json("it", schema)).get("it");
        String piece = row.path(1).asText();
        String text = piece.repeat(LENGTH / piece.length()) + row.path(2).asText();
        double[] times = new double[WARM_UP + rounds];
        for (int round = 0; round < times.length; round++) {
            // a text of its own: the verdict on the one that was looked at last is remembered
            TextNode value = TextNode.valueOf(new String(text.toCharArray()));
            long start = System.nanoTime();
            compiled.validate(value);
            times[round] = (System.nanoTime() - start) / 1e6;
        }
        return times;
    }
}
