package io.betrue.examples.loadclient;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what came of requests and how long they took. Safe for use by multiple threads. */
final class Stats {
    private static final int DIGITS = 3;
    private static final int SAMPLES = 10;

    private final Map<Kind, Map<String, Long>> outcomes = new EnumMap<>(Kind.class);
    private final Map<Kind, Histogram> latencies = new EnumMap<>(Kind.class);
    private final Histogram all = new Histogram(DIGITS);
    private final List<String> samples = new ArrayList<>();
    private long sent;
    private long ended;
    private long notSent;
    private long unexpected;

    /** How a run goes; {@code p99Millis} is of all requests so far. */
    record Snapshot(long sent, long ended, long notSent, long unexpected, double p99Millis) {}

    synchronized void sent() {
        sent++;
    }

    /** Counts a request that the bound of requests under way kept from being sent. */
    synchronized void notSent(Kind kind) {
        notSent++;
        count(kind, "not sent");
    }

    /**
     * Counts a request's end.
     *
     * @param nanos from the moment at which it was meant to be sent
     */
    synchronized void ended(Kind kind, Reply reply, long nanos) {
        ended++;
        count(kind, reply.summary());
        if (reply != Reply.Lost.NOT_CONNECTED) {
            long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
            all.recordValue(micros);
            latencies.computeIfAbsent(kind, any -> new Histogram(DIGITS)).recordValue(micros);
        }
    }

    /** Counts something that ought not to be, and keeps the first few. */
    synchronized void unexpected(String sample) {
        unexpected++;
        if (samples.size() < SAMPLES) {
            samples.add(sample);
        }
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(sent, ended, notSent, unexpected, all.getValueAtPercentile(99) / 1000.0);
    }

    /** {@return the counts by outcome, the latencies and the unexpected, as lines of text} */
    synchronized List<String> report() {
        List<String> lines = new ArrayList<>();
        lines.add("%-18s %-28s %9s".formatted("kind", "outcome", "count"));
        outcomes.forEach((kind, counts) -> counts.forEach(
                (outcome, count) -> lines.add("%-18s %-28s %9d".formatted(kind.label(), outcome, count))));
        lines.add("");
        lines.add("%-18s %9s %10s %10s %10s %10s".formatted("kind", "ended", "p50 ms", "p95 ms", "p99 ms", "max ms"));
        latencies.forEach((kind, histogram) -> lines.add(latency(kind.label(), histogram)));
        lines.add(latency("total", all));
        lines.add("");
        lines.add("sent %d, ended %d, not sent %d, unexpected %d".formatted(sent, ended, notSent, unexpected));
        samples.forEach(sample -> lines.add("  unexpected: " + sample));
        return lines;
    }

    private void count(Kind kind, String outcome) {
        outcomes.computeIfAbsent(kind, any -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
    }

    private static String latency(String name, Histogram micros) {
        return "%-18s %9d %10.1f %10.1f %10.1f %10.1f"
                .formatted(
                        name,
                        micros.getTotalCount(),
                        micros.getValueAtPercentile(50) / 1000.0,
                        micros.getValueAtPercentile(95) / 1000.0,
                        micros.getValueAtPercentile(99) / 1000.0,
                        micros.getMaxValue() / 1000.0);
    }
}
