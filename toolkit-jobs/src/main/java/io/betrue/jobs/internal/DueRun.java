package io.betrue.jobs.internal;

import io.betrue.jobs.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs what is due on the calling thread, with the parts of a worker that is not started. */
final class DueRun {
    private final EngineWorker worker;
    private final Runner runner;
    private final Settler settler;

    DueRun(EngineWorker worker, Runner runner, Settler settler) {
        this.worker = worker;
        this.runner = runner;
        this.settler = settler;
    }

    List<Settlement> run(int most) {
        List<Settlement> ran = new ArrayList<>();
        try (StoreSession session = worker.open()) {
            List<ClaimedJob> jobs = take(session);
            while (!jobs.isEmpty()) {
                for (ClaimedJob job : jobs) {
                    run(job);
                }
                ran.addAll(settler.storeNow());
                if (ran.size() > most) {
                    throw new JobException("jobs are still due after " + most
                            + " attempts; a handler enqueues, retries or snoozes without end, the last one ran job "
                            + jobs.get(jobs.size() - 1).id() + " of type "
                            + jobs.get(jobs.size() - 1).type());
                }
                jobs = take(session);
            }
        }
        return ran;
    }

    /** One job at a time, so that what a handler enqueues takes its place by priority. */
    private List<ClaimedJob> take(StoreSession session) {
        session.beat(false, 0);
        session.upkeep();
        for (String queue : worker.queues.keySet()) {
            List<ClaimedJob> jobs = session.claim(List.of(new Lane(queue, 1, null, Set.of())));
            if (!jobs.isEmpty()) {
                return jobs;
            }
        }
        return List.of();
    }

    private void run(ClaimedJob job) {
        QueueRun queue = worker.queue(job.queue());
        queue.accept(List.of(job));
        runner.runAll(queue);
    }
}
