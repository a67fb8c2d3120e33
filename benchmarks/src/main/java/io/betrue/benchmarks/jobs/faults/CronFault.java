package io.betrue.benchmarks.jobs.faults;

import io.betrue.jobs.Cron;
import io.betrue.jobs.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Several nodes enqueue the ticks of schedules, and one of them is killed at a tick, again and again. */
final class CronFault {
    private static final int NODES = 5;
    private static final int SLOTS = 4;
    private static final int SCHEDULES = 25;
    private static final int BETWEEN_KILLS_SECONDS = 4;
    private static final int SPREAD_MILLIS = 40;
    private static final long PATIENCE_SECONDS = 120;

    private final Bench bench;
    private final Random random;
    private final int kills;
    private final List<Node> nodes = new ArrayList<>();
    private int started;

    CronFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.random = new Random(options.seed());
        this.kills = options.quick() ? 2 : 10;
    }

    void run() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(next());
        }
        nodes.forEach(Node::ready);
        for (int i = 0; i < SCHEDULES; i++) {
            bench.jobs
                    .schedules()
                    .put(Schedule.of(
                                    "every-second-" + i,
                                    Cron.parse("* * * * * *"),
                                    FaultJobs.WORK,
                                    new FaultJobs.Work(i, 1))
                            .onMisfire(Schedule.Misfire.ALL));
        }
        bench.execute("create table first as select name, next_at from jobs.schedule");
        for (int i = 0; i < kills; i++) {
            Bench.pause((BETWEEN_KILLS_SECONDS - 1) * 1_000L);
            killAtTick(random.nextInt(NODES));
        }
        Bench.pause(1_000);
        for (int i = 0; i < SCHEDULES; i++) {
            bench.jobs.schedules().pause("every-second-" + i);
        }
        bench.awaitNoJobs(PATIENCE_SECONDS);
        nodes.forEach(Node::close);
        report();
    }

    private void killAtTick(int place) {
        double now = bench.now();
        long wait = Math.round((Math.ceil(now) - now) * 1_000);
        Bench.pause(wait + random.nextInt(SPREAD_MILLIS));
        nodes.get(place).kill();
        nodes.set(place, next());
    }

    private Node next() {
        return Node.worker(bench.url(), "cron-" + ++started, SLOTS);
    }

    private void report() {
        String ticks = "round(extract(epoch from s.last_at - f.next_at))::int + 1";
        String jobs =
                "(select count(*) from jobs.job_finished j where j.payload::jsonb ->> 'number' = substring(s.name from '[0-9]+$'))";
        long all = bench.number("select sum(" + ticks + ") from jobs.schedule s join first f using (name)");
        long made = bench.number("select count(*) from jobs.job_finished");
        long wrong = bench.number(
                "select count(*) from jobs.schedule s join first f using (name) where " + ticks + " <> " + jobs);
        bench.say(
                "%d schedules of every second over %d nodes, %d kills within %d ms after a tick",
                SCHEDULES, NODES, kills, SPREAD_MILLIS);
        bench.check(made == all, "%,d jobs for %,d ticks", made, all);
        bench.check(wrong == 0, "%,d schedules have more or fewer jobs than ticks", wrong);
        long seconds = bench.number("select count(*) from (select from jobs.job_finished"
                + " group by payload, date_trunc('second', enqueued_at) having count(*) > 1) t");
        bench.say(
                "  %,d times two ticks of one schedule were enqueued within one second, since the first came late",
                seconds);
        bench.checkNothingLost((int) made);
    }
}
