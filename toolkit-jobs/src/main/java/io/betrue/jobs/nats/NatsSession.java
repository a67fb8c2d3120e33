package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.WorkerConfig.Rate;
import io.betrue.jobs.internal.Beat;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.Report;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import io.nats.client.ConnectionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's dealings with JetStream. Safe for use by multiple threads. */
final class NatsSession implements StoreSession {
    private static final Logger LOG = LoggerFactory.getLogger(NatsSession.class);

    final NatsStore store;
    final WorkerCard card;
    final StoreListener listener;
    final long worker;
    final Held held = new Held();
    final Leases leases;
    final PassedOver passedOver;
    final Instant startedAt;
    private final Map<String, Intake> intakes = new LinkedHashMap<>();
    private final Map<String, Integer> turns = new LinkedHashMap<>();
    private final Arrivals arrivals;
    private final Redeliveries redeliveries;
    private final Aftermath aftermath;
    private final Settles settles;
    private final Pulse pulse;
    private final Rates rates;
    private final NatsUpkeep upkeep;
    private final ConnectionListener connections = this::connectionChanged;
    private final Consumer<String> controls;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NatsSession(NatsStore store, WorkerCard card, StoreListener listener) {
        this.store = store;
        this.card = card;
        this.listener = listener;
        this.worker = store.ids().next();
        this.startedAt = store.clock().now();
        this.leases = new Leases(store);
        this.passedOver = new PassedOver(this);
        this.settles = new Settles(this);
        this.redeliveries = new Redeliveries(this, settles);
        this.aftermath = new Aftermath(store);
        this.pulse = new Pulse(this);
        this.rates = new Rates(store);
        for (String queue : card.queues()) {
            intakes.put(
                    queue,
                    new Intake(
                            queue, store.wire(), store.names(), store.limits().lease()));
        }
        this.arrivals = new Arrivals(this, intakes.values());
        this.controls = arrivals::controlChanged;
        this.upkeep = new NatsUpkeep(store, worker, listener); // the last: somebody must close it
    }

    static NatsSession open(NatsStore store, WorkerCard card, StoreListener listener) {
        NatsSession session = new NatsSession(store, card, listener);
        try {
            session.arrivals.open();
            store.wire().connection.addConnectionListener(session.connections);
            store.roster().follow(session.controls);
            session.pulse.introduce(false, 0);
        } catch (RuntimeException e) {
            session.closed.set(true);
            session.unfollow();
            session.upkeep.close();
            session.arrivals.abandon(); // the next session hears by itself
            throw e;
        }
        listener.wakeUpsLost();
        return session;
    }

    private void unfollow() {
        store.wire().connection.removeConnectionListener(connections);
        store.roster().unfollow(controls);
    }

    boolean isClosed() {
        return closed.get();
    }

    /** {@return how long after it was asked for a job is surely nobody else's; less than the lease, since clocks differ in speed} */
    long leaseNanos() {
        return store.limits().lease().toNanos() / 10 * 9;
    }

    private void connectionChanged(io.nats.client.Connection connection, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.DISCONNECTED) {
            held.all().forEach(Delivery::doubt);
        } else if (event == ConnectionListener.Events.RECONNECTED || event == ConnectionListener.Events.RESUBSCRIBED) {
            held.all().forEach(Delivery::doubt);
            intakes.values().forEach(Intake::forgotten);
            intakes.values().forEach(aftermath::doubt);
            listener.wakeUpsLost();
            listener.upkeepNow();
        }
    }

    @Override
    public long workerId() {
        return worker;
    }

    // ---- taking

    @Override
    public List<ClaimedJob> claim(List<Lane> lanes) {
        if (closed.get()) {
            return List.of();
        }
        Map<String, List<Lane>> byQueue =
                lanes.stream().collect(Collectors.groupingBy(Lane::queue, LinkedHashMap::new, Collectors.toList()));
        List<Delivery> claimed = new ArrayList<>();
        byQueue.forEach((queue, wanted) -> {
            Intake intake = intakes.get(queue);
            if (intake != null && !store.roster().isPaused(queue)) {
                try {
                    claim(intake, wanted, claimed);
                } catch (JobException e) {
                    if (claimed.isEmpty()) {
                        throw e;
                    }
                    LOG.debug("no more jobs were taken", e); // those that were must not be forgotten
                }
            }
        });
        return claimed.stream().map(Delivery::claimed).toList();
    }

    private void claim(Intake intake, List<Lane> lanes, List<Delivery> claimed) {
        int free = lanes.stream().mapToInt(Lane::room).sum();
        Rate rate = card.rates().get(intake.queue);
        int allowed = rate == null ? free : rates.take(intake.queue, rate, free);
        if (allowed == 0 && rate != null) {
            intake.wakeAfter(rates.wait(intake.queue, rate), listener);
            return;
        }
        Wanted wanted = new Wanted(lanes, allowed);
        passedOver.learn(lanes);
        intake.room(allowed);
        List<Shelf> order = order(intake);
        int stayed = 0;
        try {
            take(intake, order, wanted, claimed);
            passOver(intake, wanted);
            stayed = intake.waiting();
            for (Shelf band : order) {
                int more = wanted.left() - intake.waiting();
                if (more > 0) {
                    intake.pull(band, more);
                    take(intake, List.of(band), wanted, claimed);
                }
            }
            if (wanted.taken() == 0) {
                probe(intake, order, wanted, claimed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while jobs were taken", e);
        } catch (IllegalStateException e) {
            throw new JobException("NATS cannot be reached: " + e.getMessage(), e);
        } finally {
            if (rate != null) {
                rates.giveBack(intake.queue, rate, wanted.left());
            }
        }
        if (rate != null && wanted.left() == 0 && allowed < free) {
            intake.wakeAfter(rates.wait(intake.queue, rate), listener);
        }
        intake.takeBeyond(wanted.left(), delivery -> !wanted.isFull(delivery))
                .forEach(delivery ->
                        giveBack(delivery, wanted.isFull(delivery) ? passedOver.away(delivery) : Duration.ZERO));
        intake.stand();
        boolean moreStay = intake.waiting() > stayed; // nobody was told that they came
        boolean roomWasKept = wanted.taken() > 0 && wanted.left() > 0 && intake.hasMore(); // for other bands
        if (moreStay || roomWasKept) {
            listener.jobsWaiting(intake.queue);
        }
    }

    /** Jobs whose types have no room keep others from coming once as many lie here as there are free slots. Unless that is over soon, some of them go back. */
    private void passOver(Intake intake, Wanted wanted) {
        int waiting = intake.waiting();
        if (wanted.left() == 0 || waiting < wanted.left()) {
            return;
        }
        long patience = PassedOver.PATIENCE_NANOS - intake.untakenNanos();
        if (patience > 0
                && intake.anyWaiting(delivery -> passedOver.intervalNanos(delivery) < PassedOver.PATIENCE_NANOS)) {
            intake.wakeAfter(Duration.ofNanos(patience), listener);
            return;
        }
        int stay = Math.max(wanted.left() / 2, waiting - passedOver.left());
        if (stay >= wanted.left()) {
            intake.wakeAfter(passedOver.untilReturn(), listener);
            return;
        }
        intake.takeBeyond(stay, delivery -> false).forEach(delivery -> giveBack(delivery, passedOver.away(delivery)));
    }

    /** What is known may be out of date. */
    private void probe(Intake intake, List<Shelf> order, Wanted wanted, List<Delivery> claimed)
            throws InterruptedException {
        if (intake.awaitMany()) {
            take(intake, order, wanted, claimed);
            return;
        }
        for (Shelf band : order) {
            int more = wanted.left() - intake.waiting();
            if (more > 0) {
                intake.probe(band, more);
                take(intake, order, wanted, claimed);
            }
        }
    }

    private void take(Intake intake, List<Shelf> order, Wanted wanted, List<Delivery> claimed) {
        List<Delivery> taken = intake.take(wanted.left(), order, wanted::take);
        Instant now = store.clock().now();
        Set<Delivery> over = aftermath.over(taken);
        if (!over.isEmpty()) {
            listener.jobsWaiting(intake.queue); // there is room again
        }
        for (Delivery delivery : taken) {
            delivery.startedAt = now;
            if (over.contains(delivery)) {
                acknowledgeAgain(delivery);
                wanted.untake(delivery);
            } else if (delivery.isAgain() && !mayRun(delivery)) {
                wanted.untake(delivery);
            } else {
                claimed.add(delivery);
            }
        }
    }

    /** Acknowledges what was settled before; where the server does not hear it, it delivers the job once more. */
    void acknowledgeAgain(Delivery delivery) {
        held.remove(delivery);
        try {
            store.wire().tell(delivery.acknowledgements, Settles.ACK);
        } catch (JobException e) {
            LOG.debug("job {} comes once more", delivery.id(), e);
        }
    }

    private boolean mayRun(Delivery delivery) {
        try {
            return redeliveries.mayRun(delivery);
        } catch (JobException e) {
            LOG.debug("job {} comes again when its lease is over", delivery.id(), e);
            return false; // what was taken with it must not be forgotten
        }
    }

    /** The urgent first, but for every fourth and eighth claim: so others get their turn whatever comes. */
    private List<Shelf> order(Intake intake) {
        int turn = turns.merge(intake.queue, 1, Integer::sum);
        List<Shelf> bands = intake.bands();
        if (turn % 8 == 0) {
            return List.of(bands.get(2), bands.get(1), bands.get(0));
        }
        return turn % 4 == 0 ? List.of(bands.get(1), bands.get(0), bands.get(2)) : bands;
    }

    /** Gives a job back that was not begun: the attempt does not count. Where NATS does not hear of it, nobody keeps it here: it comes back, and the attempt may count. */
    void giveBack(Delivery delivery, Duration delay) {
        CompletableFuture<?> unused = settles.giveBack(delivery, delay).whenComplete((done, failure) -> {
            if (failure != null) {
                held.remove(delivery); // what is held is kept from coming back
                LOG.debug("job {} comes back when its lease is over", delivery.id(), failure);
            }
        });
    }

    @Override
    public void giveBackAllBut(Set<Long> kept) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Delivery delivery : held.all()) {
            if (delivery.startedAt != null && !kept.contains(delivery.id())) {
                all.add(settles.giveBack(delivery, Duration.ZERO));
            }
        }
        all.forEach(done -> Wire.await("take back a job", done));
    }

    // ---- ending

    @Override
    public List<Settlement> settle(List<Settlement> settlements) {
        return settles.settle(settlements);
    }

    @Override
    public void report(List<Report> reports) {
        List<CompletableFuture<?>> lines = new ArrayList<>();
        for (Report report : reports) {
            Delivery delivery = held.get(report.job());
            if (delivery != null) {
                if (report.progress() != null) {
                    delivery.progress = report.progress();
                    delivery.message = report.message();
                }
                report.lines().forEach(line -> lines.add(settles.log(delivery, line)));
            }
        }
        lines.forEach(line -> Wire.await("keep a line", line));
    }

    // ---- living

    @Override
    public Beat beat(boolean draining, int count) {
        if (closed.get()) {
            return new Beat(false, Set.of(), Set.of());
        }
        pulse.beat(draining, count);
        Set<Long> cancelled = held.all().stream()
                .filter(delivery -> delivery.cancelWanted)
                .map(Delivery::id)
                .collect(Collectors.toSet());
        return new Beat(true, cancelled, store.roster().paused());
    }

    @Override
    public Duration upkeep() {
        return upkeep.run();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        unfollow();
        try {
            try {
                arrivals.close();
            } finally {
                upkeep.close(); // also where NATS is away: it would be told of what it never does
            }
            settles.abandonAll();
            pulse.goodbye();
        } catch (RuntimeException e) {
            LOG.warn(
                    "worker {} could not say goodbye; what it held comes back when the lease is over: {}",
                    card.name(),
                    e.getMessage());
        }
    }
}
