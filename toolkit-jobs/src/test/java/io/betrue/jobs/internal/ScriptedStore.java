package io.betrue.jobs.internal;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobState;
import io.betrue.jobs.Schedules;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store that does as another does, except where a script makes it fail before or after the deed; counts and remembers. */
class ScriptedStore implements JobStore {
    enum Op {
        OPEN,
        CLAIM,
        GIVE_BACK,
        SETTLE,
        REPORT,
        BEAT,
        UPKEEP,
        CLOSE
    }

    /** What happens around a call; may throw, block, or do anything. */
    interface Script {
        default void before(Op op) {}

        default void after(Op op) {}

        default List<ClaimedJob> claimed(List<ClaimedJob> jobs) {
            return jobs;
        }
    }

    volatile Script script = new Script() {};
    final List<StoreListener> listeners = new CopyOnWriteArrayList<>();
    final List<StoreSession> sessions = new CopyOnWriteArrayList<>();
    final List<List<Lane>> lanes = new CopyOnWriteArrayList<>();
    final List<Report> reports = new CopyOnWriteArrayList<>();
    final List<Boolean> drainingBeats = new CopyOnWriteArrayList<>();
    /** How many outcomes changed a running job, by job and lease. */
    final Map<String, AtomicInteger> accepted = new ConcurrentHashMap<>();

    private final Map<Op, AtomicInteger> calls = Collections.synchronizedMap(new EnumMap<>(Op.class));
    private final JobStore store;

    ScriptedStore(JobStore store) {
        this.store = store;
    }

    int calls(Op op) {
        return calls.computeIfAbsent(op, key -> new AtomicInteger()).get();
    }

    private <T> T around(Op op, Supplier<T> deed) {
        calls.computeIfAbsent(op, key -> new AtomicInteger()).incrementAndGet();
        script.before(op);
        T answer = deed.get();
        script.after(op);
        return answer;
    }

    @Override
    public List<EnqueuedJob> insert(List<NewJob> jobs) {
        return store.insert(jobs);
    }

    @Override
    public StoreSession open(WorkerCard card, StoreListener listener) {
        listeners.add(listener);
        return around(Op.OPEN, () -> {
            StoreSession session = new ScriptedSession(store.open(card, listener));
            sessions.add(session);
            return session;
        });
    }

    @Override
    public int mostAhead() {
        return store.mostAhead();
    }

    @Override
    public boolean findsTypes() {
        return store.findsTypes();
    }

    @Override
    public JobControl control() {
        return store.control();
    }

    @Override
    public Schedules schedules(JobCodec codec) {
        return store.schedules(codec);
    }

    /** {@return how many outcomes were accepted more than once} */
    Map<String, Integer> settledTwice() {
        Map<String, Integer> twice = new HashMap<>();
        accepted.forEach((job, count) -> {
            if (count.get() > 1) {
                twice.put(job, count.get());
            }
        });
        return twice;
    }

    private boolean runs(long id) {
        return store.control()
                .find(id)
                .filter(job -> job.state() == JobState.RUNNING)
                .isPresent();
    }

    private final class ScriptedSession implements StoreSession {
        private final StoreSession session;

        ScriptedSession(StoreSession session) {
            this.session = session;
        }

        @Override
        public long workerId() {
            return session.workerId();
        }

        @Override
        public List<ClaimedJob> claim(List<Lane> wanted) {
            lanes.add(List.copyOf(wanted));
            return around(Op.CLAIM, () -> script.claimed(session.claim(wanted)));
        }

        @Override
        public void giveBackAllBut(Set<Long> held) {
            around(Op.GIVE_BACK, () -> {
                session.giveBackAllBut(held);
                return true;
            });
        }

        @Override
        public List<Settlement> settle(List<Settlement> settlements) {
            return around(Op.SETTLE, () -> {
                List<Settlement> running = settlements.stream()
                        .filter(settlement -> runs(settlement.job().id()))
                        .toList();
                List<Settlement> refused = session.settle(settlements);
                running.stream()
                        .filter(settlement -> !refused.contains(settlement))
                        .map(settlement ->
                                settlement.job().id() + "@" + settlement.job().lease())
                        .forEach(key -> accepted.computeIfAbsent(key, none -> new AtomicInteger())
                                .incrementAndGet());
                return refused;
            });
        }

        @Override
        public void report(List<Report> said) {
            around(Op.REPORT, () -> {
                session.report(said);
                return reports.addAll(said);
            });
        }

        @Override
        public Beat beat(boolean draining, int held) {
            return around(Op.BEAT, () -> {
                drainingBeats.add(draining);
                return session.beat(draining, held);
            });
        }

        @Override
        public Duration upkeep() {
            return around(Op.UPKEEP, session::upkeep);
        }

        @Override
        public void close() {
            around(Op.CLOSE, () -> {
                session.close();
                return true;
            });
        }
    }
}
