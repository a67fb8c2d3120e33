package io.betrue.jobs.postgres;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobException;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.NewJob;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps jobs in the tables of one schema. Safe for use by multiple threads. */
final class PostgresStore implements JobStore, AutoCloseable {
    private final Database database;
    private final Keep keep;
    private final Inserts inserts;
    private final Wakeups wakeups;
    private final Completed completed = new Completed();
    private final @Nullable Connections listenOn;
    private final LongSupplier nanos;
    private final List<PostgresSession> sessions = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private @Nullable Listening listening;

    /**
     * Makes a store; asks the database nothing yet.
     *
     * @param listenSource where to listen for notifications, or {@code null} for not at all
     */
    PostgresStore(DataSource dataSource, Schema schema, Keep keep, @Nullable DataSource listenSource) {
        this(dataSource, schema, keep, listenSource, System::nanoTime);
    }

    /**
     * Makes a store for a clock that a test sets.
     *
     * @param nanos measures how steadily workers beat
     */
    PostgresStore(
            DataSource dataSource, Schema schema, Keep keep, @Nullable DataSource listenSource, LongSupplier nanos) {
        this.nanos = nanos;
        Connections connections = new Connections(dataSource);
        this.database = new Database(connections, schema);
        this.keep = keep;
        this.inserts = new Inserts(schema);
        this.wakeups = new Wakeups(database);
        this.listenOn = listenSource == null ? null : connections.from(listenSource);
    }

    Database database() {
        return database;
    }

    Keep keep() {
        return keep;
    }

    Completed completed() {
        return completed;
    }

    LongSupplier nanos() {
        return nanos;
    }

    Wakeups wakeups() {
        return wakeups;
    }

    @Override
    public List<EnqueuedJob> insert(List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        Set<String> queues = queues(jobs);
        List<String> first = jobs.stream().allMatch(Inserts::isPlain) ? wakeups.first(queues) : List.copyOf(queues);
        List<EnqueuedJob> made = jobs.size() <= Inserts.LARGEST
                ? database.statement("enqueue", connection -> inserts.write(connection, jobs, first))
                : database.transaction("enqueue", connection -> inserts.write(connection, jobs, first));
        first.forEach(queues::remove);
        wakeups.later(queues);
        if (listenOn == null) {
            sessions.forEach(session -> hear(session, jobs));
        } else {
            // workers of this process need not wait until the others hear of it
            queues.forEach(queue -> sessions.forEach(session -> session.heard(Words.queue(queue))));
        }
        return made;
    }

    /** Nobody listens: at least the workers of this process hear of it. */
    private static void hear(PostgresSession session, List<NewJob> jobs) {
        queues(jobs).forEach(queue -> session.heard(Words.queue(queue)));
        if (!jobs.stream().allMatch(Inserts::isPlain)) {
            session.listener().upkeepNow();
        }
    }

    private static Set<String> queues(List<NewJob> jobs) {
        Set<String> queues = new LinkedHashSet<>();
        jobs.forEach(job -> queues.add(job.queue()));
        return queues;
    }

    /** Writes jobs in the caller's transaction; its workers hear of it when it commits. */
    List<EnqueuedJob> insert(Connection connection, List<NewJob> jobs) {
        try {
            return inserts.write(connection, jobs, queues(jobs));
        } catch (SQLException e) {
            throw database.failure("enqueue", e);
        }
    }

    /** Writes jobs in a transaction of the store's own. */
    List<EnqueuedJob> insertWithin(Connection connection, List<NewJob> jobs) throws SQLException {
        return inserts.write(connection, jobs, queues(jobs));
    }

    /** Ends a running job in the caller's transaction. */
    void complete(Connection connection, long id, long lease) {
        try {
            if (!Settlements.complete(connection, this, id, lease)) {
                throw new JobException("job " + id + " cannot be completed: another worker has it, or it has ended");
            }
        } catch (SQLException e) {
            throw database.failure("complete", e);
        }
        completed.add(id, lease);
    }

    @Override
    public StoreSession open(WorkerCard card, StoreListener listener) {
        PostgresSession session = new PostgresSession(this, card, listener, this::closed);
        sessions.add(session);
        synchronized (lock) {
            if (listening == null && listenOn != null) {
                listening = new Listening(listenOn, database.schema(), sessions);
            }
        }
        return session;
    }

    private void closed(PostgresSession session) {
        sessions.remove(session);
        if (sessions.isEmpty()) {
            stopListening();
        }
    }

    private void stopListening() {
        Listening stopped;
        synchronized (lock) {
            stopped = listening;
            listening = null;
        }
        if (stopped != null) {
            stopped.stop();
            wakeups.rouse();
            stopped.close();
        }
    }

    @Override
    public int mostAhead() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean findsTypes() {
        return true;
    }

    @Override
    public JobControl control() {
        return new PostgresControl(this);
    }

    @Override
    public Schedules schedules(JobCodec codec) {
        return new PostgresSchedules(this, codec);
    }

    /** Closes what is still open; the data sources are the caller's. */
    @Override
    public void close() {
        sessions.forEach(PostgresSession::close);
        stopListening();
        wakeups.close();
    }
}
