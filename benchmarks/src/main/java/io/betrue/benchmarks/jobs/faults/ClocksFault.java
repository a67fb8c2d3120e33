package io.betrue.benchmarks.jobs.faults;

import io.betrue.jobs.JobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Workers whose clocks are ten minutes off to both sides run delayed jobs. */
final class ClocksFault {
    private static final List<String> OFFSETS = List.of("+600", "-600");
    private static final int SLOTS = 8;
    private static final int LONGEST_MILLIS = 10_000;
    private static final double LATE_SECONDS = 2;
    private static final long PATIENCE_SECONDS = 120;

    private final Bench bench;
    private final Random random;
    private final int jobs;

    ClocksFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.random = new Random(options.seed());
        this.jobs = options.quick() ? 200 : 2_000;
    }

    void run() throws IOException {
        String library = library();
        round(List.of(Map.of(), Map.of()), List.of("0", "0"));
        round(OFFSETS.stream().map(offset -> clock(library, offset)).toList(), OFFSETS);
    }

    /** The time of day is wrong, timed waits are not: without the last setting libfaketime lets those of Java return at once. */
    private static Map<String, String> clock(String library, String offset) {
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME",
                offset,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private void round(List<Map<String, String>> environments, List<String> offsets) {
        bench.execute("truncate ran, jobs.job_finished");
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < offsets.size(); i++) {
            nodes.add(Node.start(
                    bench.url(),
                    environments.get(i),
                    List.of("worker", "off" + i + offsets.get(i), Integer.toString(SLOTS))));
        }
        nodes.forEach(Node::ready);
        for (Node node : nodes) {
            warmUp(node);
        }
        bench.execute("truncate ran, jobs.job_finished");
        bench.enqueue(delayed(jobs, LONGEST_MILLIS));
        bench.awaitNoJobs(PATIENCE_SECONDS);
        nodes.forEach(Node::close);
        report(offsets);
    }

    private void warmUp(Node node) {
        bench.await(node.name + " runs jobs", PATIENCE_SECONDS, () -> {
            bench.enqueue(delayed(4 * SLOTS, 1));
            bench.awaitNoJobs(PATIENCE_SECONDS);
            return bench.number("select count(*) from ran where worker = '" + node.name + "'") > SLOTS;
        });
    }

    private List<JobRequest<FaultJobs.Delayed>> delayed(int count, int longest) {
        List<JobRequest<FaultJobs.Delayed>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int millis = 1 + random.nextInt(longest);
            requests.add(JobRequest.of(FaultJobs.DELAYED, new FaultJobs.Delayed(i, millis))
                    .in(Duration.ofMillis(millis)));
        }
        return requests;
    }

    private static String library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "libfaketime is missing, which gives a process another clock; apt-get install -y faketime"))
                    .toString();
        }
    }

    private void report(List<String> offsets) {
        bench.say(
                "%,d jobs delayed by up to %d s, workers with clocks that are off by %s s",
                jobs, LONGEST_MILLIS / 1_000, String.join(" and ", offsets));
        for (String offset : offsets) {
            List<Double> off = bench.numbers(
                    "select percentile_cont(0.5) within group (order by clock_millis / 1000.0 - extract(epoch from at)::float8)"
                            + " from ran where right(worker, -4) = '" + offset + "'");
            bench.check(
                    Math.abs(off.get(0) - Double.parseDouble(offset)) < 10,
                    "jobs saw a clock that is %.0f s off",
                    off.get(0));
        }
        List<Double> late = bench.numbers("select extract(epoch from at - due)::float8 as late from ran order by late");
        bench.check(late.get(0) >= 0, "the earliest ran %.4f s after its time, by the database's clock", late.get(0));
        bench.check(
                late.get(late.size() - 1) <= LATE_SECONDS,
                "the latest ran %.3f s after its time, the median %.3f s",
                late.get(late.size() - 1),
                late.get(late.size() / 2));
        long twice = bench.number("select count(*) - count(distinct job) from ran");
        bench.check(twice == 0, "%,d runs beyond the first of a job", twice);
        bench.checkNothingLost(jobs);
    }
}
