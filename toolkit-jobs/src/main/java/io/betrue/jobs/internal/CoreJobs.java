package io.betrue.jobs.internal;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What all backends have in common. Safe for use by multiple threads. */
public final class CoreJobs implements Jobs {
    private final JobStore store;
    private final JobCodec codec;
    private final Set<EngineWorker> workers = ConcurrentHashMap.newKeySet();

    /**
     * Makes jobs of a store.
     *
     * @param store keeps them
     * @param codec writes and reads payloads
     */
    public CoreJobs(JobStore store, JobCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
        return requests.isEmpty() ? List.of() : store.insert(codec.write(requests));
    }

    @Override
    public Worker worker(Consumer<WorkerConfig> config) {
        WorkerConfig own = new WorkerConfig();
        config.accept(own);
        EngineWorker worker = new EngineWorker(store, codec, own, workers::remove);
        workers.add(worker);
        return worker;
    }

    @Override
    public JobControl control() {
        return store.control();
    }

    @Override
    public Schedules schedules() {
        return store.schedules(codec);
    }

    @Override
    public void close() {
        List.copyOf(workers).forEach(EngineWorker::close);
    }
}
