package io.betrue.jobs.internal;

import java.time.Duration;

/** Does what any worker must do for all, when the store wants it. */
final class Upkeep extends Loop {
    private final EngineWorker worker;
    private final Signal bell = new Signal();

    Upkeep(EngineWorker worker) {
        super("jobs-upkeep");
        this.worker = worker;
    }

    void now() {
        bell.ring();
    }

    @Override
    void wake() {
        bell.ring();
    }

    @Override
    void step() throws InterruptedException {
        long seen = bell.rings();
        Duration next = worker.session().upkeep();
        worker.untroubled();
        bell.await(seen, Math.max(1, next.toNanos()));
    }

    @Override
    void failed(RuntimeException failure) {
        worker.troubled("look after delayed jobs and schedules", failure);
    }
}
