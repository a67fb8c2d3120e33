package io.betrue.jobs.nats;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.internal.CoreJobs;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.Producer;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs kept in NATS JetStream, nats-server 2.9.10 or later, in streams of their own.
 * <pre>{@code
 * NatsJobs jobs = NatsJobs.connect("nats://127.0.0.1:4222", config -> {});
 * jobs.enqueue(MAIL, mail);
 * }</pre>
 * A job is acknowledged by the server before {@code enqueue} returns. What the server may still lose when the power fails, and all else in which this place
 * differs from PostgreSQL, stands in the module's README. Safe for use by multiple threads.
 */
public final class NatsJobs implements Jobs {
    private final NatsStore store;
    private final JobCodec codec;
    private final CoreJobs core;
    private final Producer producer;
    private final @Nullable Connection own;

    private NatsJobs(Connection connection, boolean owned, NatsJobsConfig config) {
        this.store = new NatsStore(connection, config.names(), config.limits(), config.alarmsFrom());
        this.codec = new JobCodec(config.mapper(), Producer::trace);
        this.core = new CoreJobs(store, codec);
        this.producer = config.producer();
        this.own = owned ? connection : null;
    }

    /**
     * Connects, and reconnects for ever; the connection belongs to the jobs. Waits for no server: while none answers, calls throw {@link JobException} and
     * workers try again.
     *
     * @param url one or more addresses with commas between, such as {@code nats://127.0.0.1:4222}; may carry a user and password or a token
     * @param config says what differs from the defaults; called once, at once
     * @return the jobs, which the caller closes
     * @throws IllegalArgumentException if an address has another shape
     * @throws JobException if no connection can be begun
     */
    public static NatsJobs connect(String url, Consumer<NatsJobsConfig> config) {
        Objects.requireNonNull(url, "url");
        NatsJobsConfig read = new NatsJobsConfig();
        config.accept(read);
        return new NatsJobs(Dialling.dial(url, "jobs " + read.names()), true, read);
    }

    /**
     * Makes jobs of a connection; asks it nothing yet. It should reconnect for ever ({@code maxReconnects(-1)}), and keep nothing to say it later
     * ({@code reconnectBufferSize(0)}).
     *
     * @param connection stays the caller's to close
     * @param config says what differs from the defaults; called once, at once
     * @return the jobs, which the caller closes
     */
    public static NatsJobs create(Connection connection, Consumer<NatsJobsConfig> config) {
        Objects.requireNonNull(connection, "connection");
        NatsJobsConfig read = new NatsJobsConfig();
        config.accept(read);
        return new NatsJobs(connection, false, read);
    }

    NatsStore store() {
        return store;
    }

    JobCodec codec() {
        return codec;
    }

    Producer producer() {
        return producer;
    }

    @Override
    public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
        return requests.isEmpty() ? List.of() : producer.sends(requests, () -> core.enqueueAll(requests));
    }

    /**
     * Makes a worker that runs jobs in this process once it is started. It beats at least three times a lease, whatever its configuration says, and holds no
     * more jobs than it has slots.
     */
    @Override
    public Worker worker(Consumer<WorkerConfig> config) {
        return core.worker(worker -> {
            config.accept(worker);
            Duration most = store.limits().lease().dividedBy(3);
            if (worker.heartbeat().compareTo(most) > 0) {
                worker.heartbeat(most);
            }
        });
    }

    @Override
    public JobControl control() {
        return core.control();
    }

    @Override
    public Schedules schedules() {
        return core.schedules();
    }

    @Override
    public void close() {
        core.close();
        store.close();
        Connection connection = own;
        if (connection != null) {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
