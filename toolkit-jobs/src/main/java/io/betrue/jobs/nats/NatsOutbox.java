package io.betrue.jobs.nats;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.internal.NewJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Makes jobs in NATS a part of transactions in PostgreSQL 12 or later: they are written to a table there, and a relay hands to NATS what was committed.
 * <pre>{@code
 * NatsOutbox.migrate(dataSource, "jobs_outbox");
 * NatsOutbox outbox = NatsOutbox.create(dataSource, jobs, config -> {}).start();
 * jdbi.useTransaction(handle -> { orders.insert(handle, order); outbox.in(handle).enqueue(MAIL, mail); });
 * }</pre>
 * Each committed job comes to NATS, however often the relay, NATS or PostgreSQL fail in between; one that was rolled back never does. The relay may run in
 * any number of processes; jobs wait while it runs in none, or while NATS is away. Their order is kept by and large, not exactly.
 *
 * <p>A job's number is given when it is written, 2^52 or above. It is found in NATS by that number once it was handed over. Unique keys are decided in NATS
 * then: a job whose key is taken there is dropped, though {@link EnqueuedJob#created} was true, and its number is then never found. While a job with the key
 * is in the outbox still, {@code created} is false and the answer names that one. Delays count from when the job was written.
 *
 * <p>A copy of a database that goes on beside the original must be given another number first: {@code select jobs_outbox.renumber()}.
 *
 * <p>Safe for use by multiple threads.
 */
public final class NatsOutbox implements AutoCloseable {
    /** Leaves room for header fields in what NATS takes by default, 1 MiB. */
    private static final int LARGEST = 1_000_000;

    private final DataSource source;
    private final NatsJobs jobs;
    private final OutboxTables tables;
    private final OutboxRelay relay;
    private final Object lock = new Object();
    private boolean started;
    private boolean closed;

    private NatsOutbox(DataSource source, NatsJobs jobs, NatsOutboxConfig config) {
        this.source = source;
        this.jobs = jobs;
        this.tables = new OutboxTables(config.schema());
        this.relay = new OutboxRelay(source, tables, new OutboxSender(jobs.store(), config.schema()), config.poll());
    }

    /**
     * Brings the tables up to date, and makes them the first time; does nothing when they are. Several processes may call it at once. Needs Flyway: {@code
     * org.flywaydb:flyway-core} and {@code org.flywaydb:flyway-database-postgresql}.
     *
     * @param dataSource a database in which this user may create a schema, or may create tables in the one that is there
     * @param schema where: 1 to 48 lower-case letters, digits and {@code _}; holds nothing else
     * @throws IllegalArgumentException if the name has another shape
     * @throws JobException if the database refuses
     */
    public static void migrate(DataSource dataSource, String schema) {
        new OutboxSchema(schema).migrate(dataSource);
    }

    /**
     * Makes an outbox; asks neither PostgreSQL nor NATS yet. Its tables must be there when the first job comes: {@link #migrate} makes them.
     *
     * @param dataSource where the relay takes a connection from for a short time, again and again; stays the caller's to close
     * @param jobs where jobs go; with its mapper payloads are written. Stays the caller's to close, after the outbox
     * @param config says what differs from the defaults; called once, at once
     * @return the outbox, which the caller closes
     */
    public static NatsOutbox create(DataSource dataSource, NatsJobs jobs, Consumer<NatsOutboxConfig> config) {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(jobs, "jobs");
        NatsOutboxConfig own = new NatsOutboxConfig();
        config.accept(own);
        return new NatsOutbox(dataSource, jobs, own);
    }

    /**
     * {@return what enqueues as a part of a transaction: one round trip for as many as 1,000 jobs, and nothing of it remains when the transaction is rolled
     * back} Needs no NATS. Payloads have at most 1,000,000 bytes.
     *
     * @param connection has begun the transaction; must lead to the database of this outbox. Neither committed nor closed here
     */
    public Enqueuer in(Connection connection) {
        Objects.requireNonNull(connection, "connection");
        return new Enqueuer() {
            @Override
            public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
                return requests.isEmpty()
                        ? List.of()
                        : jobs.producer().sends(requests, () -> write(connection, requests));
            }
        };
    }

    /**
     * {@return what enqueues as a part of a transaction: one round trip for as many as 1,000 jobs, and nothing of it remains when the transaction is rolled
     * back} Needs no NATS. Payloads have at most 1,000,000 bytes.
     *
     * @param handle has begun the transaction; must lead to the database of this outbox
     */
    public Enqueuer in(Handle handle) {
        return in(handle.getConnection());
    }

    private List<EnqueuedJob> write(Connection connection, List<? extends JobRequest<?>> requests) {
        List<NewJob> written = jobs.codec().write(requests);
        for (NewJob job : written) {
            int size = JobMessages.payload(job).length;
            if (size > LARGEST) {
                throw new JobException("payload of job type " + job.type() + " must have at most " + LARGEST
                        + " bytes as JSON, had " + size + "; keep it elsewhere and carry its address");
            }
        }
        try {
            List<EnqueuedJob> answers = tables.write(connection, written);
            relay.hint();
            return answers;
        } catch (SQLException e) {
            throw tables.schema().failure("enqueue", e);
        }
    }

    /**
     * Starts a relay in this process; does nothing when it runs already.
     *
     * @return this
     * @throws IllegalStateException if the outbox is closed
     */
    public NatsOutbox start() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the outbox is closed");
            }
            if (!started) {
                started = true;
                relay.start();
            }
        }
        return this;
    }

    /** {@return what keeps the relay of this process from its work now, for a health check; it goes on trying. Empty when all is well} */
    public Optional<String> trouble() {
        return relay.trouble();
    }

    /**
     * {@return what is in the outbox now; counts rows}
     *
     * @throws JobException if the database does not answer
     */
    public OutboxInfo info() {
        try (Connection connection = source.getConnection()) {
            return tables.info(connection);
        } catch (SQLException e) {
            throw tables.schema().failure("count jobs", e);
        }
    }

    /** Lets what is on its way to NATS arrive, at most 20 seconds, and stops the relay of this process. What it has not taken yet stays in the table. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        relay.close();
    }
}
