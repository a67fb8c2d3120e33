package io.betrue.jobs.daemon;

import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.WorkerListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the worker of this process has done. Safe for use by multiple threads. */
final class DaemonMetrics implements WorkerListener {
    private static final int MOST_SERIES = 1_000;
    private static final double[] BOUNDS = {0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300};

    private final Map<Series, Count> counts = new ConcurrentHashMap<>();

    private record Series(String queue, String type, String outcome) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final class Count {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Count() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(Duration took) {
            double seconds = took.toNanos() / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            buckets[bucket].increment();
            nanos.add(took.toNanos());
        }
    }

    @Override
    public void ended(String type, String queue, JobOutcome outcome, Duration took) {
        Series series =
                new Series(queue, type, outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        Count count = counts.get(series);
        if (count == null) {
            if (counts.size() >= MOST_SERIES) {
                series = new Series("other", "other", series.outcome());
            }
            count = counts.computeIfAbsent(series, key -> new Count());
        }
        count.add(took);
    }

    /** Writes histograms in Prometheus's text format, version 0.0.4. */
    void write(StringBuilder text) {
        text.append("# HELP jobs_attempt_duration_seconds Attempts by how they ended, and how long they took.\n");
        text.append("# TYPE jobs_attempt_duration_seconds histogram\n");
        new TreeMap<>(counts).forEach((series, count) -> {
            String labels = "queue=\"" + series.queue() + "\",type=\"" + series.type() + "\",outcome=\""
                    + series.outcome() + '"';
            long sum = 0;
            for (int i = 0; i <= BOUNDS.length; i++) {
                sum += count.buckets[i].sum();
                String bound = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
                text.append("jobs_attempt_duration_seconds_bucket{").append(labels);
                text.append(",le=\"").append(bound).append("\"} ").append(sum).append('\n');
            }
            text.append("jobs_attempt_duration_seconds_sum{").append(labels).append("} ");
            text.append(count.nanos.sum() / 1e9).append('\n');
            text.append("jobs_attempt_duration_seconds_count{").append(labels).append("} ");
            text.append(sum).append('\n');
        });
    }
}
