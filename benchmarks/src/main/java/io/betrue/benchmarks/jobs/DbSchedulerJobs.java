package io.betrue.benchmarks.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** db-scheduler with lock-and-fetch; payloads by its Jackson serialiser, batches of 1,000; for latency it asks every 100 ms, and at once for its own jobs. */
final class DbSchedulerJobs extends JavaSystem {
    static final String NAME = "db-scheduler";
    private static final int BATCH = 1_000;

    private final OneTimeTask<Payload> task =
            Tasks.oneTime("no-op", Payload.class).execute((instance, context) -> NoOps.run(instance.getData().id));
    private final Scheduler client = settings().build();
    private @Nullable Scheduler quick;

    DbSchedulerJobs(String jdbcUrl) {
        super(NAME, jdbcUrl);
    }

    record Payload(@JsonProperty("id") int id) {}

    /** The table of its manual; without the index for priorities, which this does not use. */
    @Override
    public void setUp() {
        pool().execute("create table scheduled_tasks (task_name text not null, task_instance text not null,"
                + " task_data bytea, execution_time timestamptz, picked boolean not null, picked_by text,"
                + " last_success timestamptz, last_failure timestamptz, consecutive_failures int,"
                + " last_heartbeat timestamptz, version bigint not null, priority smallint, state text,"
                + " primary key (task_name, task_instance))");
        pool().execute("create index on scheduled_tasks (execution_time)");
        pool().execute("create index on scheduled_tasks (last_heartbeat)");
    }

    @Override
    public void clear() {
        pool().execute("truncate scheduled_tasks");
    }

    @Override
    public Duration enqueue(int jobs) {
        long since = System.nanoTime();
        Instant now = Instant.now();
        List<TaskInstance<?>> batch = new ArrayList<>(BATCH);
        for (int id = 0; id < jobs; id++) {
            batch.add(task.instance(Integer.toString(id), new Payload(id)));
            if (batch.size() == BATCH || id == jobs - 1) {
                client.scheduleBatch(batch, now);
                batch.clear();
            }
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    void enqueueOne(int id) {
        Scheduler scheduler = quick == null ? client : quick;
        scheduler.schedule(task.instance(Integer.toString(id), new Payload(id)), Instant.now());
    }

    @Override
    Worker startWorker() {
        Scheduler scheduler = settings().build();
        scheduler.start();
        return scheduler::stop;
    }

    @Override
    Worker startQuickWorker() {
        Scheduler scheduler = settings()
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .build();
        scheduler.start();
        quick = scheduler;
        return () -> {
            quick = null;
            scheduler.stop();
        };
    }

    @Override
    String doneQuery() {
        return "select not exists (select from scheduled_tasks)";
    }

    private SchedulerBuilder settings() {
        return Scheduler.create(dataSource(), List.of(task))
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .serializer(new JacksonSerializer())
                .schedulerName(new SchedulerName.Fixed("benchmark"));
    }
}
