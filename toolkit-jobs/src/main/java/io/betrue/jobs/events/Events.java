package io.betrue.jobs.events;

import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.postgres.PostgresJobs;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Events that are published in a transaction of PostgreSQL 12 or later, and that each of several named consumers gets once, on whichever node; those of one
 * key in order. Each delivery is a job: it is retried, is dead in the end, and is seen where jobs are seen.
 * <pre>{@code
 * Events.migrate(dataSource, "events");
 * Events events = Events.create(dataSource, jobs, config -> {});
 * events.consumer("mail", DEPOSITED, (context, event) -> mailer.send(event.account()));
 * events.start();
 * jdbi.useTransaction(handle -> { accounts.add(handle, deposit); events.in(handle).publish(DEPOSITED, event); });
 * }</pre>
 * Safe for use by multiple threads, once consumers are said.
 */
public final class Events implements AutoCloseable {
    private final Couriers couriers;
    private final Publications publications;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final EventControl control;
    private final Retention retention;
    private final Jobs jobs;
    private final Consumer<WorkerConfig> change;
    private final Map<String, EventConsumer> consumers = new LinkedHashMap<>();
    private final Object lock = new Object();
    private boolean sealed;
    private boolean closed;
    private @Nullable Worker worker;

    private Events(
            DataSource source,
            Jobs jobs,
            Function<? super Connection, ? extends Enqueuer> enqueue,
            EventsConfig config) {
        this.jobs = jobs;
        EventsSchema schema = config.schema();
        EventCodec codec = new EventCodec(config.mapper());
        this.couriers = new Couriers(schema, enqueue);
        this.publications = new Publications(schema, codec, couriers);
        this.deliveries = new Deliveries(source, schema, couriers, codec);
        this.subscriptions = new Subscriptions(source, schema, publications);
        this.retention = new Retention(source, schema, config.keep());
        this.control = new EventControl(
                subscriptions, new DeadLetters(source, schema, couriers, deliveries, jobs.control()), retention);
        this.change = config.worker();
    }

    /**
     * Brings the tables up to date, and makes them the first time; does nothing when they are. Several processes may call it at once. Needs Flyway: {@code
     * org.flywaydb:flyway-core} and {@code org.flywaydb:flyway-database-postgresql}.
     *
     * @param dataSource a database in which this user may create a schema, or may create tables in the one that is there
     * @param schema where: 1 to 48 lower-case letters, digits and {@code _}; holds nothing else, not the tables of jobs either
     * @throws IllegalArgumentException if the name has another shape
     * @throws JobException if the database refuses
     */
    public static void migrate(DataSource dataSource, String schema) {
        new EventsSchema(schema).migrate(dataSource);
    }

    /**
     * Makes events whose jobs are in the same database; asks it nothing yet.
     *
     * @param dataSource where connections come from, best a pool: one for a short time to take an event, and one for a handler that asks for its transaction,
     *     or when it has ended. Stays the caller's to close
     * @param jobs bring events; kept in the same database. Stay the caller's to close, after the events
     * @param config says what differs from the defaults; called once, at once
     * @return the events, which the caller closes
     */
    public static Events create(DataSource dataSource, PostgresJobs jobs, Consumer<EventsConfig> config) {
        return create(dataSource, jobs, jobs::in, config);
    }

    /**
     * Makes events whose jobs are elsewhere, and go there through an outbox in this database; asks nothing yet.
     * <pre>{@code
     * Events events = Events.create(dataSource, natsJobs, natsOutbox::in, config -> {});
     * }</pre>
     *
     * @param dataSource where connections to the database of events and outbox come from, as in the other method. Stays the caller's to close
     * @param jobs bring events. Stay the caller's to close, after the events
     * @param enqueue hands in jobs as a part of the transaction of a connection to this database
     * @param config says what differs from the defaults; called once, at once
     * @return the events, which the caller closes
     */
    public static Events create(
            DataSource dataSource,
            Jobs jobs,
            Function<? super Connection, ? extends Enqueuer> enqueue,
            Consumer<EventsConfig> config) {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(jobs, "jobs");
        Objects.requireNonNull(enqueue, "enqueue");
        EventsConfig own = new EventsConfig();
        config.accept(own);
        return new Events(dataSource, jobs, enqueue, own);
    }

    // ---- publishing

    /**
     * {@return what publishes as a part of a transaction: what is published there reaches consumers after the commit, and nobody ever when it is rolled back}
     *
     * @param connection has begun the transaction; must lead to the database of these events. Neither committed nor closed here
     */
    public EventPublisher in(Connection connection) {
        return publications.in(Objects.requireNonNull(connection, "connection"));
    }

    /**
     * {@return what publishes as a part of a transaction: what is published there reaches consumers after the commit, and nobody ever when it is rolled back}
     *
     * @param handle has begun the transaction; must lead to the database of these events
     */
    public EventPublisher in(Handle handle) {
        return in(handle.getConnection());
    }

    // ---- consuming

    /**
     * {@return a consumer, the same for the same name}
     *
     * @param name what it is called for ever, in the database too: at most 100 letters, digits and {@code . _ : / -} after a letter or digit, less the
     *     length of the schema's name and one
     * @throws IllegalArgumentException if the name has another shape
     * @throws IllegalStateException if the events are declared or started
     */
    public EventConsumer consumer(String name) {
        EventType.check("consumer", name);
        synchronized (lock) {
            checkOpen();
            return consumers.computeIfAbsent(name, own -> new EventConsumer(own, couriers.queue(own), this::checkOpen));
        }
    }

    /**
     * Lets a consumer take events of a type.
     *
     * @param name the consumer, see {@link #consumer(String)}
     * @param type the type
     * @param handler what is done with each
     * @param <T> what they carry
     * @return the consumer, to say more of it
     * @throws IllegalArgumentException if the name has another shape, or the consumer takes events of this type already
     * @throws IllegalStateException if the events are declared or started
     */
    public <T> EventConsumer consumer(String name, EventType<T> type, EventHandler<? super T> handler) {
        return consumer(name).on(type, handler);
    }

    /**
     * Lets a consumer take events of a type, with what needs to know nothing but the event.
     *
     * @param name the consumer, see {@link #consumer(String)}
     * @param type the type
     * @param handler what is done with each, at least once
     * @param <T> what they carry
     * @return the consumer, to say more of it
     * @throws IllegalArgumentException if the name has another shape, or the consumer takes events of this type already
     * @throws IllegalStateException if the events are declared or started
     */
    public <T> EventConsumer consumer(String name, EventType<T> type, Consumer<? super T> handler) {
        return consumer(name).on(type, handler);
    }

    private void checkOpen() {
        synchronized (lock) {
            if (sealed || closed) {
                throw new IllegalStateException(
                        "consumers must be said before the events are declared, started or closed");
            }
        }
    }

    /**
     * Writes down in the database which consumers there are. Each gets what is published from now on: by statements that begin after this has returned, in
     * any process. Done by {@link #start}; for whoever uses {@link #attach}, or declares in a step of a deploy. May be repeated.
     *
     * @throws JobException if the database refuses
     */
    public void declare() {
        List<EventConsumer> declared;
        synchronized (lock) {
            sealed = true;
            declared = List.copyOf(consumers.values());
        }
        subscriptions.declare(declared);
        jobs.schedules().put(retention.schedule());
    }

    /**
     * Lets a worker bring events to the consumers that were said, beside its other jobs.
     *
     * @param config of the worker
     */
    public void attach(WorkerConfig config) {
        List<EventConsumer> declared;
        synchronized (lock) {
            sealed = true;
            declared = List.copyOf(consumers.values());
        }
        for (EventConsumer consumer : declared) {
            JobType<Turn> type = consumer.treatment();
            config.queue(type.queue(), consumer.slots());
            config.handle(type, (job, turn) -> deliveries.bring(consumer, turn, job));
        }
        retention.attach(config);
    }

    /**
     * Declares the consumers and starts a worker for them.
     *
     * @return this
     * @throws JobException if the database refuses
     * @throws IllegalStateException if this was started or closed before
     */
    public Events start() {
        declare();
        synchronized (lock) {
            if (closed || worker != null) {
                throw new IllegalStateException("the events have been started or closed before");
            }
            worker = jobs.worker(config -> {
                        attach(config);
                        change.accept(config);
                    })
                    .start();
        }
        return this;
    }

    /** {@return how the worker is that {@link #start} made, or empty before} */
    public Optional<Worker.Health> health() {
        synchronized (lock) {
            return Optional.ofNullable(worker).map(Worker::health);
        }
    }

    /** {@return the view from outside} */
    public EventControl control() {
        return control;
    }

    /** Stops the worker that {@link #start} made, as {@link Worker#close} does. Does nothing the second time. */
    @Override
    public void close() {
        Worker started;
        synchronized (lock) {
            closed = true;
            started = worker;
        }
        if (started != null) {
            started.close();
        }
    }
}
