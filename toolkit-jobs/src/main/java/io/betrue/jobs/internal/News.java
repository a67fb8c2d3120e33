package io.betrue.jobs.internal;

/** Passes on what the store tells a worker. Safe for use by multiple threads. */
final class News implements StoreListener {
    private final EngineWorker worker;
    private final Fetcher fetcher;
    private final Pulse pulse;
    private final Upkeep upkeep;

    News(EngineWorker worker, Fetcher fetcher, Pulse pulse, Upkeep upkeep) {
        this.worker = worker;
        this.fetcher = fetcher;
        this.pulse = pulse;
        this.upkeep = upkeep;
    }

    @Override
    public void jobsWaiting(String queue) {
        QueueRun waiting = worker.queues.get(queue);
        if (waiting != null) {
            waiting.mayHaveMore();
            fetcher.look();
        }
    }

    @Override
    public void cancelled(long id) {
        worker.cancelled(id);
    }

    @Override
    public void lost(long id) {
        worker.lost(id);
    }

    @Override
    public void beatNow() {
        pulse.now();
    }

    @Override
    public void upkeepNow() {
        upkeep.now();
    }

    @Override
    public void wakeUpsLost() {
        worker.queues.values().forEach(QueueRun::mayHaveMore);
        fetcher.look();
        upkeep.now();
        worker.hurry();
    }
}
