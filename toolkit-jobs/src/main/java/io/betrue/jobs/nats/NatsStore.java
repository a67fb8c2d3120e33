package io.betrue.jobs.nats;

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
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs in JetStream; see decision 0140 for where. Makes what it needs when it is first asked. Safe for use by multiple threads. */
final class NatsStore implements JobStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsStore.class);

    private static final Instant NEVER = Instant.EPOCH;
    private static final Duration OUTAGE_KEPT = Duration.ofMinutes(5);

    private final Wire wire;
    private final Names names;
    private final Limits limits;
    private final Streams streams;
    private final Alarms alarms;
    private final ServerClock clock = new ServerClock(System::nanoTime);
    private final Roster roster = new Roster();
    private final Ids ids;
    private final Keys keys;
    private final Inserts inserts;
    private final Census census;
    private final Events events;
    private final Set<String> queues = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final ConnectionListener connections = this::connectionChanged;
    private volatile @Nullable Buckets buckets;
    private final AtomicLong reconnections = new AtomicLong();
    private volatile long watchedSince; // how many reconnections there had been
    private volatile boolean closed;
    private final AtomicReference<Instant> outage = new AtomicReference<>(NEVER);

    private record Buckets(Bucket leases, Bucket control, NatsKeyValueWatchSubscription watch) {
        void unwatch() {
            synchronized (watch) {
                watch.unsubscribe();
            }
        }
    }

    NatsStore(Connection connection, Names names, Limits limits, @Nullable Duration alarmsFrom) {
        this.wire = new Wire(connection);
        this.names = names;
        this.limits = limits;
        this.streams = new Streams(connection, names, limits);
        this.alarms = new Alarms(wire, names, clock, alarmsFrom);
        this.ids = new Ids(this::controls, clock);
        this.keys = new Keys(wire, names, limits, clock);
        this.inserts = new Inserts(this);
        this.census = new Census(connection, names, roster, clock);
        this.events = new Events(wire, names);
        connection.addConnectionListener(connections);
    }

    /** A server that was away has forgotten who watches. */
    private void connectionChanged(Connection connection, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.DISCONNECTED) {
            wire.unanswered.giveUp();
            alarms.doubt();
            Instant now = clock.now();
            outage.accumulateAndGet(
                    now, (first, last) -> first.plus(OUTAGE_KEPT).isBefore(last) ? last : first);
        } else if (event == ConnectionListener.Events.RECONNECTED) {
            reconnections.incrementAndGet();
            if (buckets != null) {
                CompletableFuture<?> unused = CompletableFuture.runAsync(this::ready)
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                LOG.debug("the control bucket is watched again at the next beat", failure);
                            }
                        });
            }
        }
    }

    /** {@return when the connection was lost the first time since this was asked, but no more than minutes ago; long ago when it was not} */
    Instant takeOutage() {
        return outage.getAndSet(NEVER);
    }

    Wire wire() {
        return wire;
    }

    Names names() {
        return names;
    }

    Limits limits() {
        return limits;
    }

    ServerClock clock() {
        return clock;
    }

    Roster roster() {
        return roster;
    }

    Ids ids() {
        return ids;
    }

    Keys keys() {
        return keys;
    }

    Inserts inserts() {
        return inserts;
    }

    Alarms alarms() {
        return alarms;
    }

    Census census() {
        return census;
    }

    Events events() {
        return events;
    }

    /** {@return who runs what was delivered more than once, and who is to be cancelled} */
    Bucket leases() {
        return ready().leases();
    }

    /** {@return workers, pauses, schedules, rates, the leader} */
    Bucket controls() {
        return ready().control();
    }

    /** Makes whatever is missing, the first time. */
    private Buckets ready() {
        Buckets known = buckets;
        if (known != null && watchedSince == reconnections.get()) {
            return known;
        }
        synchronized (lock) {
            long seen = reconnections.get(); // one that comes while this looks is one more to look after
            known = buckets;
            if (known == null) {
                known = first();
            } else if (watchedSince != seen && !closed) {
                known = again(known);
            }
            watchedSince = seen;
            if (closed) {
                known.unwatch();
            }
            return known;
        }
    }

    private Buckets first() {
        if (wire.connection.getStatus() != Connection.Status.CONNECTED) {
            throw new JobException("NATS cannot be reached");
        }
        streams.ensure();
        streams.refuseMisread();
        alarms.look(streams);
        Buckets made = open();
        buckets = made;
        return made;
    }

    private Buckets again(Buckets known) {
        streams.refuseMisread();
        known.unwatch();
        Buckets made =
                new Buckets(known.leases(), known.control(), known.control().watch(roster.begin()));
        buckets = made;
        alarms.look(streams);
        return made;
    }

    private Buckets open() {
        try {
            Bucket control = new Bucket(wire.connection.keyValue(names.control));
            Bucket leases = new Bucket(wire.connection.keyValue(names.leases));
            NatsKeyValueWatchSubscription watch = control.watch(roster.begin());
            try {
                roster.awaitAll();
            } catch (JobException e) {
                watch.unsubscribe();
                throw e;
            }
            return new Buckets(leases, control, watch);
        } catch (IOException e) {
            throw new JobException("NATS cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Makes the consumers of a queue unless this process has seen them. */
    void ensureQueue(String queue) {
        ready();
        if (!queues.contains(queue)) {
            streams.ensureConsumers(queue);
            queues.add(queue);
        }
    }

    @Override
    public List<EnqueuedJob> insert(List<NewJob> jobs) {
        ready();
        return inserts.insert(jobs);
    }

    @Override
    public StoreSession open(WorkerCard card, StoreListener listener) {
        ready();
        card.queues().forEach(this::ensureQueue);
        return NatsSession.open(this, card, listener);
    }

    /** The server takes a job for abandoned when nothing is heard of it for a time: nothing is held that cannot run at once. */
    @Override
    public int mostAhead() {
        return 0;
    }

    @Override
    public boolean findsTypes() {
        return false;
    }

    @Override
    public JobControl control() {
        return new NatsControl(this);
    }

    @Override
    public Schedules schedules(JobCodec codec) {
        return new NatsSchedules(this, codec);
    }

    @Override
    public void close() {
        closed = true;
        wire.connection.removeConnectionListener(connections);
        Buckets known = buckets;
        if (known != null) {
            known.unwatch();
        }
    }
}
