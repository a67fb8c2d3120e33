package io.betrue.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.WorkerInfo;
import io.betrue.jobs.internal.ModelBooks.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does everything with the store in memory and with the one under test, and compares what they say. Numbers are those of memory. */
final class ModelPair {
    private static final JobQuery ALL = JobQuery.all().limit(1_000);

    final JobStore oracle;
    final JobStore subject;
    private final Twins twins = new Twins();
    private final Schedules oracleSchedules;
    private final Schedules subjectSchedules;
    private final Map<Long, Long> succeeded = new HashMap<>();

    ModelPair(JobStore oracle, JobStore subject) {
        this.oracle = oracle;
        this.subject = subject;
        JobCodec codec = new JobCodec(JobCodec.defaultMapper(), () -> null);
        this.oracleSchedules = oracle.schedules(codec);
        this.subjectSchedules = subject.schedules(codec);
    }

    void both(Consumer<JobStore> action) {
        action.accept(oracle);
        action.accept(subject);
    }

    List<Long> known() {
        return twins.known();
    }

    /** {@return all jobs of the store under test, the newest first} */
    List<JobInfo> jobs() {
        return subject.control().list(ALL).stream().map(twins::renamed).toList();
    }

    boolean anyLeft() {
        return jobs().stream().anyMatch(job -> !job.state().isFinished());
    }

    boolean isOver(long id) {
        return subject.control()
                .find(twins.subject(id))
                .map(job -> job.state().isFinished())
                .orElse(true);
    }

    /** {@return whether it was this claim that ended well} */
    boolean succeededUnder(Taken taken) {
        Long lease = succeeded.get(taken.oracle().id());
        return lease != null && lease == taken.subject().lease();
    }

    List<EnqueuedJob> insert(List<NewJob> jobs) {
        List<EnqueuedJob> wanted = oracle.insert(jobs);
        List<EnqueuedJob> made = subject.insert(jobs);
        assertThat(made).as("answers").hasSameSizeAs(wanted);
        for (int i = 0; i < made.size(); i++) {
            if (wanted.get(i).created() && made.get(i).created()) {
                twins.join(wanted.get(i).id(), made.get(i).id());
            }
        }
        same(
                "answer to insert",
                wanted,
                made.stream()
                        .map(one -> new EnqueuedJob(twins.oracle(one.id()), one.created()))
                        .toList());
        return wanted;
    }

    /** Within a lane the order counts. */
    List<Taken> claim(ModelCrew crew, List<Lane> lanes) {
        List<ClaimedJob> wanted = new ArrayList<>(crew.oracle.claim(lanes));
        List<ClaimedJob> taken = new ArrayList<>(crew.subject.claim(lanes));
        Comparator<ClaimedJob> byLane = Comparator.comparing(ClaimedJob::queue)
                .thenComparing(job -> lanes.stream().anyMatch(lane -> job.type().equals(lane.onlyType())));
        wanted.sort(byLane);
        taken.sort(byLane);
        same(
                "claimed by " + crew,
                wanted.stream().map(job -> renamed(job, job.id())).toList(),
                taken.stream().map(job -> renamed(job, twins.oracle(job.id()))).toList());
        List<Taken> both = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            both.add(new Taken(crew, wanted.get(i), taken.get(i)));
        }
        return both;
    }

    private static ClaimedJob renamed(ClaimedJob job, long id) {
        return new ClaimedJob(
                id,
                0,
                job.type(),
                job.version(),
                job.queue(),
                job.attempt(),
                job.attempts(),
                job.timeout(),
                job.payload(),
                job.tags(),
                job.enqueuedAt(),
                job.trace());
    }

    Set<Taken> settle(ModelCrew by, List<Taken> claims, List<JobOutcome> outcomes) {
        List<Settlement> wanted = new ArrayList<>();
        List<Settlement> asked = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            wanted.add(new Settlement(claims.get(i).oracle(), outcomes.get(i)));
            asked.add(new Settlement(claims.get(i).subject(), outcomes.get(i)));
        }
        Set<Long> refused =
                by.oracle.settle(wanted).stream().map(one -> one.job().id()).collect(Collectors.toSet());
        Set<Long> refusedBySubject = by.subject.settle(asked).stream()
                .map(one -> twins.oracle(one.job().id()))
                .collect(Collectors.toSet());
        assertThat(refusedBySubject).as("refused").isEqualTo(refused);
        for (int i = 0; i < claims.size(); i++) {
            Taken claim = claims.get(i);
            if (outcomes.get(i) instanceof JobOutcome.Succeeded
                    && !refused.contains(claim.oracle().id())) {
                succeeded.putIfAbsent(claim.oracle().id(), claim.subject().lease());
            }
        }
        return claims.stream()
                .filter(claim -> refused.contains(claim.oracle().id()))
                .collect(Collectors.toSet());
    }

    void report(ModelCrew by, Taken taken, @Nullable Double progress, @Nullable String message, List<String> lines) {
        by.oracle.report(List.of(new Report(taken.oracle(), progress, message, lines)));
        by.subject.report(List.of(new Report(taken.subject(), progress, message, lines)));
    }

    void beat(ModelCrew crew, boolean draining) {
        Beat wanted = crew.oracle.beat(draining, 0);
        Beat beat = crew.subject.beat(draining, 0);
        Set<Long> cancelled = beat.cancelled().stream().map(twins::oracle).collect(Collectors.toSet());
        assertThat(new Beat(beat.alive(), cancelled, beat.paused()))
                .as("beat of " + crew)
                .isEqualTo(wanted);
    }

    void giveBackAllBut(ModelCrew crew, Set<Long> held) {
        crew.oracle.giveBackAllBut(held);
        crew.subject.giveBackAllBut(held.stream().map(twins::subject).collect(Collectors.toSet()));
    }

    /** {@return how many jobs schedules have enqueued} */
    int upkeep(ModelCrew crew) {
        crew.oracle.upkeep();
        crew.subject.upkeep();
        List<Long> wanted = oracle.control().list(ALL).stream()
                .map(JobInfo::id)
                .filter(id -> !twins.knows(id))
                .sorted()
                .toList();
        if (wanted.isEmpty()) {
            return 0; // a new job of the other is found when they are compared
        }
        List<Long> made = subject.control().list(ALL).stream()
                .map(JobInfo::id)
                .filter(id -> !twins.knowsSubject(id))
                .sorted()
                .toList();
        assertThat(made).as("jobs of schedules").hasSameSizeAs(wanted);
        for (int i = 0; i < made.size(); i++) {
            twins.join(wanted.get(i), made.get(i));
        }
        return made.size();
    }

    boolean control(String what, long id, BiPredicate<JobControl, Long> action) {
        boolean wanted = action.test(oracle.control(), id);
        assertThat(action.test(subject.control(), twins.subject(id)))
                .as("%s %s", what, id)
                .isEqualTo(wanted);
        return wanted;
    }

    boolean schedules(Predicate<Schedules> action) {
        boolean wanted = action.test(oracleSchedules);
        assertThat(action.test(subjectSchedules)).as("schedule").isEqualTo(wanted);
        return wanted;
    }

    /** Compares all that can be seen from outside. */
    void compare(Set<Long> touched) {
        same("jobs", oracle.control().list(ALL), jobs());
        JobQuery tagged = ALL.tag("x").states(JobState.QUEUED, JobState.DELAYED, JobState.SUCCEEDED, JobState.DEAD);
        same(
                "tagged jobs",
                oracle.control().list(tagged).stream().map(JobInfo::id).toList(),
                subject.control().list(tagged).stream()
                        .map(job -> twins.oracle(job.id()))
                        .toList());
        for (long id : touched) {
            same(
                    "events of job " + id,
                    oracle.control().events(id),
                    subject.control().events(twins.subject(id)));
        }
        same("queues", oracle.control().queues(), subject.control().queues());
        same(
                "rates",
                oracle.control().rates(Duration.ofHours(1)),
                subject.control().rates(Duration.ofHours(1)));
        same("workers", workers(oracle), workers(subject));
        same(
                "schedules",
                oracleSchedules.list(),
                subjectSchedules.list().stream().map(this::renamed).toList());
    }

    private static List<WorkerInfo> workers(JobStore store) {
        return store.control().workers().stream()
                .map(one ->
                        new WorkerInfo(0, one.name(), one.queues(), one.startedAt(), one.silence(), 0, one.draining()))
                .toList();
    }

    private ScheduleInfo renamed(ScheduleInfo one) {
        return new ScheduleInfo(
                one.name(),
                one.cron(),
                one.zone(),
                one.misfire(),
                one.type(),
                one.payload(),
                one.paused(),
                one.next(),
                one.last(),
                twins.oracleOrNull(one.lastJob()));
    }

    /** Says where two lists begin to differ. */
    private static void same(String what, List<?> wanted, List<?> found) {
        Set<Object> common = new HashSet<>(wanted);
        common.retainAll(new HashSet<>(found));
        List<?> missing = wanted.stream().filter(one -> !common.contains(one)).toList();
        List<?> more = found.stream().filter(one -> !common.contains(one)).toList();
        assertThat(found.equals(wanted))
                .as("%s\n in memory:  %s\n under test: %s\n", what, shown(missing, wanted), shown(more, found))
                .isTrue();
    }

    private static String shown(List<?> differing, List<?> all) {
        return (differing.isEmpty() ? all : differing)
                .stream().map(String::valueOf).collect(Collectors.joining("\n             "));
    }
}
