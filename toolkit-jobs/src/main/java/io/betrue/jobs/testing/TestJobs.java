package io.betrue.jobs.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobException;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.internal.CoreJobs;
import io.betrue.jobs.internal.JobCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Jobs in memory under a clock that stands still until it is set, for tests of what enqueues jobs and of what runs them.
 * <pre>{@code
 * TestJobs jobs = TestJobs.create();
 * new SignUp(jobs).accept("ada@example.org");
 * assertThat(jobs.enqueued(MAIL)).containsExactly(new Mail("ada@example.org"));
 * jobs.advance(Duration.ofMinutes(10));
 * jobs.runDue(worker -> worker.handle(MAIL, mailer));
 * }</pre>
 * Jobs are kept as long as this object; nothing is pruned. Safe for use by multiple threads.
 */
public final class TestJobs implements Jobs {
    private final TestClock clock;
    private final ObjectMapper mapper;
    private final MemoryStore store;
    private final CoreJobs jobs;

    private TestJobs(Instant start, ObjectMapper mapper) {
        this.clock = new TestClock(start);
        this.mapper = mapper;
        this.store = new MemoryStore(clock);
        this.jobs = new CoreJobs(store, new JobCodec(mapper, () -> null));
    }

    /** {@return jobs whose clock stands at this second, with a mapper for records and {@code java.time}} */
    public static TestJobs create() {
        return create(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * {@return jobs with a mapper for records and {@code java.time}}
     *
     * @param start where the clock stands
     */
    public static TestJobs create(Instant start) {
        return create(start, JobCodec.defaultMapper());
    }

    /**
     * Makes jobs.
     *
     * @param start where the clock stands
     * @param mapper writes and reads payloads
     * @return the jobs
     */
    public static TestJobs create(Instant start, ObjectMapper mapper) {
        return new TestJobs(Objects.requireNonNull(start, "start"), Objects.requireNonNull(mapper, "mapper"));
    }

    /** {@return the time by the clock} */
    public Instant now() {
        return clock.instant();
    }

    /** {@return the clock, to be handed to what is tested; it goes on when this object's is set} */
    public Clock clock() {
        return clock;
    }

    /**
     * Moves the clock. Nothing runs by that, except in workers that are started.
     *
     * @param time by how much
     */
    public void advance(Duration time) {
        setTime(now().plus(time));
    }

    /**
     * Sets the clock, also back. Nothing runs by that, except in workers that are started.
     *
     * @param time the new time
     */
    public void setTime(Instant time) {
        clock.set(Objects.requireNonNull(time, "time"));
        store.clockMoved();
    }

    /**
     * Runs what is due on the calling thread until nothing is due any more, as {@link JobTester#runDue} does. A job that fails waits until the clock has
     * been moved past its backoff; ticks of schedules are enqueued first.
     *
     * @param config which queues and handlers
     * @return what ran
     * @throws JobException if jobs are still due after 10,000 attempts
     * @throws IllegalArgumentException if the configuration contradicts itself
     */
    public RanJobs runDue(Consumer<WorkerConfig> config) {
        return JobTester.runDue(jobs, config);
    }

    /**
     * {@return what jobs of a type carry, whatever became of them, in the order in which they were handed in; unmodifiable}
     *
     * @param type the type
     * @param <P> what its jobs carry
     */
    public <P> List<P> enqueued(JobType<P> type) {
        return jobs().stream()
                .filter(job -> job.type().equals(type.name()))
                .map(job -> payload(type, job))
                .toList();
    }

    private <P> P payload(JobType<P> type, JobInfo job) {
        try {
            return mapper.readValue(job.payload(), type.payload());
        } catch (JsonProcessingException e) {
            throw new JobException(
                    "payload of job " + job.id() + " of type " + type + " cannot be read as "
                            + type.payload().getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /** {@return all jobs, in the order in which they were handed in; unmodifiable} */
    public List<JobInfo> jobs() {
        return store.locked(
                () -> store.jobs.values().stream().map(MemoryJob::info).toList());
    }

    @Override
    public List<EnqueuedJob> enqueueAll(List<? extends JobRequest<?>> requests) {
        return jobs.enqueueAll(requests);
    }

    @Override
    public Worker worker(Consumer<WorkerConfig> config) {
        return jobs.worker(config);
    }

    @Override
    public JobControl control() {
        return jobs.control();
    }

    @Override
    public Schedules schedules() {
        return jobs.schedules();
    }

    @Override
    public void close() {
        jobs.close();
    }
}
