package io.betrue.benchmarks.jobs.faults;

import io.betrue.jobs.JobRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Workers are killed at random moments while they work, and replaced. */
final class KillFault {
    private static final int WORKERS = 4;
    private static final int SLOTS = 8;
    private static final int SHORTEST_MILLIS = 20;
    private static final int LONGEST_MILLIS = 200;
    private static final int LATEST_MILLIS = 300;
    private static final long PATIENCE_SECONDS = 600;

    private final Bench bench;
    private final Random random;
    private final int jobs;
    private final int kills;
    private final List<Node> nodes = new ArrayList<>();
    private int started;
    private long held;
    private long mostHeld;

    KillFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.random = new Random(options.seed());
        this.jobs = options.quick() ? 1_000 : 10_000;
        this.kills = options.quick() ? 5 : 50;
    }

    void run() {
        List<JobRequest<FaultJobs.Work>> requests = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
            requests.add(JobRequest.of(FaultJobs.WORK, new FaultJobs.Work(i, millis)));
        }
        bench.enqueue(requests);
        bench.execute("create table held (job bigint not null)");
        List<Integer> moments = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            moments.add(random.nextInt(jobs - jobs / 20));
        }
        Collections.sort(moments);
        for (int i = 0; i < WORKERS; i++) {
            nodes.add(next());
        }
        nodes.forEach(Node::ready);
        double began = bench.now();
        for (int moment : moments) {
            kill(moment);
        }
        bench.awaitNoJobs(PATIENCE_SECONDS);
        double seconds = bench.now() - began;
        nodes.forEach(Node::close);
        report(seconds);
    }

    /** Replaces one worker that works when so many jobs are done, or a little later. */
    private void kill(int moment) {
        bench.await(
                moment + " jobs done",
                PATIENCE_SECONDS,
                () -> bench.number("select count(*) from jobs.job_finished") >= moment);
        Bench.pause(random.nextInt(LATEST_MILLIS));
        int place = random.nextInt(WORKERS);
        Node victim = nodes.get(place);
        bench.await(victim.name + " works", PATIENCE_SECONDS, () -> holds(victim) > 0);
        victim.kill();
        bench.await(
                "the connections of " + victim.name + " are closed",
                PATIENCE_SECONDS,
                () -> bench.number(
                                "select count(*) from pg_stat_activity where application_name = '" + victim.name + "'")
                        == 0);
        bench.execute(
                "insert into held select j.id from jobs.job j join jobs.worker w on w.id = j.worker where w.name = '"
                        + victim.name + "'");
        long now = bench.number("select count(*) from held") - held;
        held += now;
        mostHeld = Math.max(mostHeld, now);
        nodes.set(place, next());
    }

    private long holds(Node node) {
        return bench.number("select count(*) from jobs.job j join jobs.worker w on w.id = j.worker where w.name = '"
                + node.name + "'");
    }

    private Node next() {
        return Node.worker(bench.url(), "killed-" + ++started, SLOTS);
    }

    private void report(double seconds) {
        bench.say(
                "%d x kill -9 of one of %d workers (%d slots, heart-beat 1 s) under load, %,d jobs of %d to %d ms: %.0f s, %.0f jobs/s",
                kills, WORKERS, SLOTS, jobs, SHORTEST_MILLIS, LONGEST_MILLIS, seconds, jobs / seconds);
        bench.checkNothingLost(jobs);
        long twice = bench.number("select count(*) - count(distinct job) from ran");
        bench.check(
                twice <= held,
                "%,d runs beyond the first of a job; %,d jobs were in flight at the %d kills (at most %d at one)",
                twice,
                held,
                kills,
                mostHeld);
        long unexplained =
                bench.number("select count(*) from (select job, count(*) - 1 as twice from ran group by job) r"
                        + " where twice > (select count(*) from held h where h.job = r.job)");
        bench.check(unexplained == 0, "%,d jobs ran more often than a worker that held them was killed", unexplained);
        List<Double> late = bench.numbers("select extract(epoch from max(r.at - p.at))::float8 from ran r join lateral"
                + " (select at from ran b where b.job = r.job and b.lease < r.lease order by lease desc limit 1) p on true"
                + " where r.attempt = 2");
        bench.say("  the longest time from the run that was killed to the next (with its queue): %.1f s", late.get(0));
    }
}
