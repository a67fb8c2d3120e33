package io.betrue.jobs.nats;

import io.betrue.jobs.JobState;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.QueueRate;
import io.betrue.jobs.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queues and workers as they are seen from outside. Safe for use by multiple threads. */
final class Queues {
    /** How many delivered jobs are looked at, at most, for one that waits again. */
    private static final int MOST_LOOKED_AT = 64;

    private final NatsStore store;
    private final Names names;
    private final Counts counts;

    Queues(NatsStore store) {
        this.store = store;
        this.names = store.names();
        this.counts = new Counts(store.wire(), store.names());
    }

    List<QueueInfo> queues() {
        store.leases(); // makes what is missing
        Map<String, Counts.Load> loads = counts.queues();
        Map<String, Set<Long>> running = store.census().running().values().stream()
                .collect(Collectors.groupingBy(
                        job -> Names.name(job.subject().split("\\.", -1)[2]),
                        Collectors.mapping(Census.Running::id, Collectors.toSet())));
        Map<String, Long> delayed = counts.byQueue(names.later, loads.keySet(), names.allLater(), names::laters, null);
        TreeSet<String> shown = new TreeSet<>(store.roster().paused());
        store.roster().workers().values().forEach(card -> shown.addAll(card.queues()));
        loads.forEach((name, load) -> {
            if (load.messages() > 0) {
                shown.add(name);
            }
        });
        shown.addAll(delayed.keySet());
        shown.addAll(running.keySet());
        return shown.stream()
                .map(name -> queue(
                        name,
                        loads.getOrDefault(name, new Counts.Load(0, 0, List.of())),
                        running.getOrDefault(name, Set.of()),
                        delayed.getOrDefault(name, 0L)))
                .toList();
    }

    private QueueInfo queue(String name, Counts.Load load, Set<Long> running, long delayed) {
        long queued = Math.max(load.untouched(), load.messages() - running.size());
        return new QueueInfo(
                name,
                store.roster().isPaused(name),
                queued,
                delayed,
                running.size(),
                queued == 0 ? null : oldest(name, load, queued, running));
    }

    private @Nullable Duration oldest(String queue, Counts.Load load, long queued, Set<Long> running) {
        Instant oldest = null;
        for (Counts.Ahead ahead : load.next()) {
            oldest = earlier(oldest, store.wire().next(names.work, ahead.from(), ahead.subjects()));
        }
        if (queued > load.untouched()) {
            oldest = earlier(oldest, givenBack(queue, running));
        }
        if (oldest == null) {
            return null;
        }
        Duration age = Duration.between(oldest, store.clock().now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static @Nullable Instant earlier(@Nullable Instant time, @Nullable Stored other) {
        if (other == null) {
            return time;
        }
        return time == null || other.time().isBefore(time) ? other.time() : time;
    }

    /** {@return the first job that was delivered and does not run} */
    private @Nullable Stored givenBack(String queue, Set<Long> running) {
        long from = 1;
        for (int i = 0; i < MOST_LOOKED_AT; i++) {
            Stored next = store.wire().next(names.work, from, names.works(queue));
            if (next == null || !running.contains(Names.id(next.subject()))) {
                return next;
            }
            from = next.sequence() + 1;
        }
        return null;
    }

    List<QueueRate> rates(Duration window) {
        store.leases(); // makes what is missing
        Instant since = store.clock().now().minus(window);
        Set<String> queues = counts.queues().keySet();
        Map<String, Long> succeeded = ended(JobState.SUCCEEDED, queues, since);
        Map<String, Long> dead = ended(JobState.DEAD, queues, since);
        Set<String> shown = new HashSet<>(succeeded.keySet());
        shown.addAll(dead.keySet());
        return shown.stream()
                .sorted()
                .map(queue -> new QueueRate(queue, succeeded.getOrDefault(queue, 0L), dead.getOrDefault(queue, 0L)))
                .toList();
    }

    private Map<String, Long> ended(JobState state, Set<String> queues, Instant since) {
        if (!store.limits().keeps(state)) {
            return Map.of();
        }
        return counts.byQueue(
                names.ended(state), queues, names.allEnded(state), queue -> names.ended(state, queue), since);
    }

    List<WorkerInfo> workers() {
        store.leases(); // makes what is missing
        Instant now = store.clock().now();
        Function<Roster.Card, WorkerInfo> shown = card -> {
            Duration silence = Duration.between(card.seenAt(), now);
            return new WorkerInfo(
                    card.id(),
                    card.name(),
                    card.queues().stream().sorted().toList(),
                    card.startedAt(),
                    silence.isNegative() ? Duration.ZERO : silence,
                    card.running(),
                    card.draining());
        };
        return store.roster().workers().values().stream()
                .sorted(Comparator.comparing(Roster.Card::name).thenComparing(Roster.Card::id))
                .map(shown)
                .toList();
    }
}
