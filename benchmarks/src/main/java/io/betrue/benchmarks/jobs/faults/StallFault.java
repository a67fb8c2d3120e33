package io.betrue.benchmarks.jobs.faults;

import io.betrue.jobs.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A worker that holds jobs is stopped for longer than its lease, and goes on: half of its handlers return at once, as if nothing had happened, and half
 * when they are told. Meanwhile the jobs ran, or still run, elsewhere.
 */
final class StallFault {
    private static final int SLOTS = 200;
    private static final int HOLD_MILLIS = 6_000;
    private static final int LATER_MILLIS = 6_000;
    private static final long PATIENCE_SECONDS = 120;

    private final Bench bench;
    private final Random random;
    private final int rounds;

    StallFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.random = new Random(options.seed());
        this.rounds = options.quick() ? 1 : 5;
    }

    void run() {
        try (Node stalled = Node.worker(bench.url(), "stalled", SLOTS)) {
            stalled.ready();
            for (int round = 0; round < rounds; round++) {
                round(stalled, round);
            }
        }
        report();
    }

    private void round(Node stalled, int round) {
        List<JobRequest<FaultJobs.Hold>> requests = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            requests.add(JobRequest.of(
                    FaultJobs.HOLD, new FaultJobs.Hold(round, HOLD_MILLIS, random.nextInt(LATER_MILLIS), i % 2 == 0)));
        }
        bench.enqueue(requests);
        awaitRows(stalled.name, round);
        stalled.stall();
        double since = bench.now();
        try (Node other = Node.worker(bench.url(), "other-" + round, SLOTS)) {
            awaitRows(other.name, round);
            bench.await("the hold is over", PATIENCE_SECONDS, () -> bench.now() - since > HOLD_MILLIS / 1e3);
            bench.await("half of the jobs have ended elsewhere", PATIENCE_SECONDS, () -> bench.waiting() <= SLOTS / 2);
            long runs = bench.number("select count(*) from jobs.job where worker is not null");
            stalled.goOn();
            bench.say(
                    "round %d: stopped for %.1f s; %d of %d jobs still ran elsewhere then",
                    round + 1, bench.now() - since, runs, SLOTS);
            bench.await(
                    "the stalled worker's handlers have returned",
                    PATIENCE_SECONDS,
                    () -> bench.number("select count(*) from ran where worker = 'stalled' and returned is null") == 0);
            bench.awaitNoJobs(PATIENCE_SECONDS);
        }
    }

    private void awaitRows(String worker, int round) {
        bench.await(
                worker + " runs all jobs",
                PATIENCE_SECONDS,
                () -> bench.number(
                                "select count(*) from ran where number = " + round + " and worker = '" + worker + "'")
                        == SLOTS);
    }

    private void report() {
        int jobs = rounds * SLOTS;
        bench.say(
                "%d x SIGSTOP past the lease and SIGCONT of a worker that holds %d jobs (heart-beat 1 s)",
                rounds, SLOTS);
        long stale = bench.number("select count(*) from ran a join ran b on b.job = a.job and b.lease > a.lease"
                + " where a.worker = 'stalled' and a.returned > b.at");
        long accepted = bench.number(
                "select count(*) from jobs.job_finished where worker = 'stalled' or result like '%stalled%'");
        bench.check(
                accepted == 0 && stale == jobs,
                "%,d of %,d stale completions were accepted (expected %,d)",
                accepted,
                stale,
                jobs);
        long untold = bench.number("select count(*) from ran a join jobs.job_finished f on f.id = a.job"
                + " where a.worker = 'stalled' and not a.told and f.payload like '%\"untilTold\":true%'");
        long told = bench.number("select count(*) from ran where worker = 'stalled' and told");
        bench.check(
                untold == 0,
                "%,d handlers were told; of those that wait for it, %,d were not within 20 s",
                told,
                untold);
        long twice = bench.number("select count(*) from (select from ran group by job having count(*) > 2) t");
        bench.check(twice == 0, "%,d jobs ran more than twice", twice);
        bench.checkNothingLost(jobs);
    }
}
