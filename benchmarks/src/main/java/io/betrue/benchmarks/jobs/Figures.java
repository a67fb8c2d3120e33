package io.betrue.benchmarks.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is said of many measurements of one thing. */
final class Figures {
    private Figures() {}

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    /** {@return the median of the pairs' ratios} */
    static double ratio(List<Double> own, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(own.size(), others.size()); i++) {
            ratios.add(own.get(i) / others.get(i));
        }
        return median(ratios);
    }

    /** {@return median, lowest and highest} */
    static String spread(List<Double> values) {
        double lowest = values.stream().mapToDouble(value -> value).min().orElse(Double.NaN);
        double highest = values.stream().mapToDouble(value -> value).max().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median(values), lowest, highest);
    }

    /** {@return p50, p95, p99 and the longest of durations in nanoseconds, as milliseconds} */
    static String percentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %.1f | %.1f",
                millis(sorted, 0.5),
                millis(sorted, 0.95),
                millis(sorted, 0.99),
                millis(sorted, 1));
    }

    private static double millis(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (double) sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
