package io.betrue.benchmarks.jobs.faults;

import io.betrue.jobs.JobRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The database goes away under load, or cuts connections again and again; the workers stay as they are. */
final class OutageFault {
    private static final int WORKERS = 2;
    private static final int SLOTS = 8;
    private static final int MILLIS = 100;
    private static final int BEFORE_SECONDS = 10;
    private static final int AFTER_SECONDS = 15;
    private static final double FULL = 0.9;
    private static final double GOAL_SECONDS = 5;
    private static final int CUTS_A_SECOND = 5;
    private static final long PATIENCE_SECONDS = 300;

    private final Bench bench;
    private final String mode;
    private final int faultSeconds;
    private final List<Node> nodes = new ArrayList<>();

    OutageFault(Bench bench, String mode, FaultOptions options) {
        this.bench = bench;
        this.mode = mode;
        int full = mode.equals("cut") ? 60 : 10;
        this.faultSeconds = options.quick() ? full / 3 : full;
    }

    void run() throws IOException {
        int jobs = (BEFORE_SECONDS + AFTER_SECONDS + 5 + (mode.equals("cut") ? faultSeconds : 0))
                * WORKERS
                * SLOTS
                * 1_000
                / MILLIS;
        List<JobRequest<FaultJobs.Work>> requests = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            requests.add(JobRequest.of(FaultJobs.WORK, new FaultJobs.Work(i, MILLIS)));
        }
        bench.enqueue(requests);
        for (int i = 0; i < WORKERS; i++) {
            nodes.add(Node.worker(bench.url(), "cut-" + i, SLOTS));
        }
        nodes.forEach(Node::ready);
        bench.await("work has begun", PATIENCE_SECONDS, () -> bench.number("select count(*) from ran") > 5 * SLOTS);
        Bench.pause(BEFORE_SECONDS * 1_000L);
        double from = bench.now();
        fault();
        double until = bench.now();
        Bench.pause(AFTER_SECONDS * 1_000L);
        long waiting = bench.waiting();
        double end = bench.now();
        bench.awaitNoJobs(PATIENCE_SECONDS);
        boolean alive = nodes.stream().allMatch(Node::isAlive);
        nodes.forEach(Node::close);
        report(jobs, new Times(from, until, end), waiting, alive);
    }

    private void fault() throws IOException {
        if (mode.equals("cut")) {
            cut();
            return;
        }
        bench.postgres.halt(mode.equals("crash"));
        Bench.pause(faultSeconds * 1_000L);
        bench.postgres.resume();
    }

    private void cut() {
        long cut = 0;
        long end = System.nanoTime() + faultSeconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long next = System.nanoTime() + 1_000_000_000L / CUTS_A_SECOND;
            cut += bench.number(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'cut-%'");
            Bench.pause(Math.max(1, (next - System.nanoTime()) / 1_000_000));
        }
        bench.say("%,d connections cut", cut);
    }

    private record Times(double from, double until, double end) {}

    private void report(int jobs, Times times, long waiting, boolean alive) {
        List<Double> at = bench.numbers("select extract(epoch from at)::float8 from ran order by at");
        double before = rate(at, times.from() - BEFORE_SECONDS + 2, times.from());
        bench.say(
                "%s for %.1f s, %d workers with %d slots and jobs of %d ms: %.0f jobs/s before, %.0f during, %.0f in the %d s after; %,d jobs in all, %,d left then",
                mode,
                times.until() - times.from(),
                WORKERS,
                SLOTS,
                MILLIS,
                before,
                rate(at, times.from(), times.until()),
                rate(at, times.until(), times.end()),
                AFTER_SECONDS,
                jobs,
                waiting);
        double full = untilFull(at, times, FULL * before);
        bench.check(
                full <= GOAL_SECONDS && waiting > 0,
                "%.1f s after the end until a second with %.0f %% of the rate before it begins, and the seconds after it keep it on average",
                full,
                100 * FULL);
        bench.check(alive, "no worker process ended");
        bench.checkNothingLost(jobs);
        long more = bench.number("select count(*) - count(distinct job) from ran");
        bench.say("  %,d runs beyond the first of a job", more);
    }

    private static double untilFull(List<Double> at, Times times, double rate) {
        for (double wait = 0; times.until() + wait + 1 < times.end(); wait += 0.1) {
            double since = times.until() + wait;
            if (rate(at, since, since + 1) >= rate && rate(at, since, times.end()) >= rate) {
                return wait;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double rate(List<Double> at, double from, double to) {
        return at.stream().filter(time -> time >= from && time < to).count() / (to - from);
    }
}
