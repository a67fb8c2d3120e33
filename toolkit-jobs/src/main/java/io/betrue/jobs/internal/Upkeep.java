package io.betrue.jobs.internal;

import java.time.Duration;

/** Does what any worker must do for all, when the store wants it. */
final class Upkeep extends Loop {
    private static final String WHAT = "look after delayed jobs and schedules";

    private final EngineWorker worker;

    Upkeep(EngineWorker worker) {
        super("jobs-upkeep");
        this.worker = worker;
    }

    void now() {
        bell.ring();
    }

    @Override
    void step(long seen) throws InterruptedException {
        Duration next = worker.session().upkeep();
        worker.troubles.over(WHAT);
        bell.await(seen, Math.max(1, EngineWorker.nanos(next)));
    }

    @Override
    void failed(RuntimeException failure) {
        worker.troubles.begin(WHAT, failure);
    }
}
