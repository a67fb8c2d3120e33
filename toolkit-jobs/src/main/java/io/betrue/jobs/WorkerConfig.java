package io.betrue.jobs;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a worker runs and how. Used by one thread, inside {@link Jobs#worker}. */
public final class WorkerConfig {
    private static final int DEFAULT_SLOTS = 16;
    private static final int MOST_SLOTS = 10_000;
    private static final int MOST_PREFETCH = 5_000;
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(100);
    private static final Duration LONGEST_BEAT = Duration.ofMinutes(5);

    private final Map<String, Integer> queues = new LinkedHashMap<>();
    private final Map<String, Rate> rates = new LinkedHashMap<>();
    private final Map<String, Registration<?>> handlers = new LinkedHashMap<>();
    private final Map<String, Integer> typeLimits = new LinkedHashMap<>();
    private Duration heartbeat = Duration.ofSeconds(10);
    private Duration poll = Duration.ofSeconds(5);
    private Duration stopLimit = Duration.ofSeconds(20);
    private int prefetch = 2_000;
    private @Nullable String name;
    private @Nullable Executor executor;
    private RandomGenerator random = RandomGenerator.getDefault();
    private WorkerListener listener = (type, queue, outcome, took) -> {};
    private OpenTelemetry openTelemetry = OpenTelemetry.noop();
    private boolean joinsTraces;

    /**
     * A type and what runs it.
     *
     * @param type the type
     * @param handler what runs it
     * @param <P> what its jobs carry
     */
    public record Registration<P>(JobType<P> type, JobHandler<P> handler) {}

    /**
     * A limit of a queue over all workers.
     *
     * @param jobs how many may start
     * @param period in how long
     */
    public record Rate(int jobs, Duration period) {}

    /** Starts with the defaults. */
    public WorkerConfig() {}

    /**
     * Takes jobs from a queue. Without any queue the worker takes from {@code default}, 16 at a time.
     *
     * @param queue its name
     * @param slots how many of its jobs run at once in this worker, 1 to 10,000
     * @return this
     * @throws IllegalArgumentException if {@code slots} is out of range or the name has another shape
     */
    public WorkerConfig queue(String queue, int slots) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "slots of queue " + queue + " must be 1 to " + MOST_SLOTS + ", was " + slots);
        }
        queues.put(Names.check("queue", queue), slots);
        return this;
    }

    /**
     * Limits how many jobs of a queue start in a period, over all workers that say the same. A burst of the whole number may start at once.
     *
     * @param queue a queue of this worker
     * @param jobs how many, 1 to 1,000,000
     * @param period in how long, 1 millisecond to a day
     * @return this
     * @throws IllegalArgumentException if a number is out of range
     */
    public WorkerConfig rate(String queue, int jobs, Duration period) {
        if (jobs < 1 || jobs > 1_000_000) {
            throw new IllegalArgumentException("rate of queue " + queue + " must be 1 to 1000000 jobs, was " + jobs);
        }
        if (period.toMillis() < 1 || period.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "period of queue " + queue + " must be 1 millisecond to a day, was " + period);
        }
        rates.put(Names.check("queue", queue), new Rate(jobs, period));
        return this;
    }

    /**
     * Runs jobs of a type. A job of a type that no handler stands for fails, waits and in the end dies, as one whose handler fails.
     *
     * @param type the type
     * @param handler what runs it, called by many threads at once
     * @param <P> what its jobs carry
     * @return this
     * @throws IllegalArgumentException if the type has a handler already
     */
    public <P> WorkerConfig handle(JobType<P> type, JobHandler<P> handler) {
        Registration<P> registration = new Registration<>(type, Objects.requireNonNull(handler, "handler"));
        if (handlers.putIfAbsent(type.name(), registration) != null) {
            throw new IllegalArgumentException("job type " + type + " has a handler already");
        }
        return this;
    }

    /**
     * Runs jobs of a type, at most so many at once in this worker. Jobs of the type that wait at the head of a queue are passed over while the limit is
     * reached, which costs the store time when there are very many: give such a type a queue of its own then.
     *
     * @param type the type
     * @param most 1 to 10,000
     * @param handler what runs it
     * @param <P> what its jobs carry
     * @return this
     * @throws IllegalArgumentException if the type has a handler already, or {@code most} is out of range
     */
    public <P> WorkerConfig handle(JobType<P> type, int most, JobHandler<P> handler) {
        if (most < 1 || most > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "limit of type " + type + " must be 1 to " + MOST_SLOTS + ", was " + most);
        }
        handle(type, handler);
        typeLimits.put(type.name(), most);
        return this;
    }

    /**
     * Sets how often the worker says that it lives. It is taken for dead after three silent intervals, and its jobs run again within four and a half: 45
     * seconds with the default of 10 seconds, 4.5 seconds with one second.
     *
     * @param interval 0.1 seconds to 5 minutes
     * @return this
     * @throws IllegalArgumentException if {@code interval} is out of range
     */
    public WorkerConfig heartbeat(Duration interval) {
        if (interval.compareTo(SHORTEST_BEAT) < 0 || interval.compareTo(LONGEST_BEAT) > 0) {
            throw new IllegalArgumentException("heartbeat must be 0.1 seconds to 5 minutes, was " + interval);
        }
        heartbeat = interval;
        return this;
    }

    /**
     * Sets how often the worker looks for jobs that nobody woke it for.
     *
     * @param interval 10 milliseconds to 10 minutes, 5 seconds by default
     * @return this
     * @throws IllegalArgumentException if {@code interval} is out of range
     */
    public WorkerConfig poll(Duration interval) {
        if (interval.toMillis() < 10 || interval.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("poll must be 10 milliseconds to 10 minutes, was " + interval);
        }
        poll = interval;
        return this;
    }

    /**
     * Sets how many jobs beyond its free slots a worker may fetch while its handlers are quick. Only as many are fetched as will start within about 50
     * milliseconds, so that slow jobs are never held.
     *
     * @param most 0 to 5,000, 2,000 by default; 0 fetches no more than there are free slots
     * @return this
     * @throws IllegalArgumentException if {@code most} is out of range
     */
    public WorkerConfig prefetch(int most) {
        if (most < 0 || most > MOST_PREFETCH) {
            throw new IllegalArgumentException("prefetch must be 0 to " + MOST_PREFETCH + ", was " + most);
        }
        prefetch = most;
        return this;
    }

    /**
     * Sets how long {@link Worker#close} lets running jobs finish.
     *
     * @param limit zero or more, 20 seconds by default
     * @return this
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public WorkerConfig stopWithin(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("stopWithin must not be negative, was " + limit);
        }
        stopLimit = limit;
        return this;
    }

    /**
     * Sets what the worker calls itself where workers are listed.
     *
     * @param own at most 100 characters; the host's name and the process number by default
     * @return this
     */
    public WorkerConfig name(String own) {
        name = own.length() <= Names.LONGEST ? own : own.substring(0, Names.LONGEST);
        return this;
    }

    /**
     * Runs handlers somewhere else than on threads of the worker's own: virtual ones where the JVM has them, else platform threads, as many as slots.
     *
     * @param own takes as many tasks at once as the worker has slots; it is not shut down
     * @return this
     */
    public WorkerConfig executor(Executor own) {
        executor = Objects.requireNonNull(own, "own");
        return this;
    }

    /**
     * Takes the randomness of backoffs from somewhere else.
     *
     * @param source safe for use by multiple threads
     * @return this
     */
    public WorkerConfig random(RandomGenerator source) {
        random = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Reports spans and metrics.
     *
     * @param telemetry where to; none by default
     * @return this
     */
    public WorkerConfig openTelemetry(OpenTelemetry telemetry) {
        openTelemetry = Objects.requireNonNull(telemetry, "telemetry");
        return this;
    }

    /**
     * Makes the span of each attempt a child of whoever enqueued the job, in one trace: for jobs that somebody waits for, such as events on their way to clients. Without it each attempt
     * is a trace of its own that is linked to that one, as OpenTelemetry's conventions for messaging have it: a trace does not last for the hours until a retry.
     *
     * @return this
     */
    public WorkerConfig joinTraces() {
        joinsTraces = true;
        return this;
    }

    /**
     * Takes from these queues and no others, whatever was said before.
     *
     * @param slots slots by queue, each 1 to 10,000
     * @return this
     * @throws IllegalArgumentException if a number is out of range or a name has another shape, or there is no queue
     */
    public WorkerConfig onlyQueues(Map<String, Integer> slots) {
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("a worker must take from at least one queue");
        }
        queues.clear();
        slots.forEach(this::queue);
        rates.keySet().retainAll(slots.keySet());
        return this;
    }

    /**
     * Tells somebody how attempts end.
     *
     * @param own called by many threads
     * @return this
     */
    public WorkerConfig listener(WorkerListener own) {
        listener = Objects.requireNonNull(own, "own");
        return this;
    }

    /** {@return who is told how attempts end} */
    public WorkerListener listener() {
        return listener;
    }

    /** {@return slots by queue, unmodifiable; never empty} */
    public Map<String, Integer> queues() {
        return queues.isEmpty() ? Map.of(JobType.DEFAULT_QUEUE, DEFAULT_SLOTS) : Map.copyOf(queues);
    }

    /** {@return rates by queue, unmodifiable} */
    public Map<String, Rate> rates() {
        return Map.copyOf(rates);
    }

    /** {@return handlers by type, unmodifiable} */
    public Map<String, Registration<?>> handlers() {
        return Map.copyOf(handlers);
    }

    /** {@return limits by type, unmodifiable} */
    public Map<String, Integer> typeLimits() {
        return Map.copyOf(typeLimits);
    }

    /** {@return how often the worker says that it lives} */
    public Duration heartbeat() {
        return heartbeat;
    }

    /** {@return how often the worker looks unasked} */
    public Duration poll() {
        return poll;
    }

    /** {@return how many jobs beyond free slots are fetched at most} */
    public int prefetch() {
        return prefetch;
    }

    /** {@return how long closing lets running jobs finish} */
    public Duration stopLimit() {
        return stopLimit;
    }

    /** {@return what the worker calls itself, or empty for host and process} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return where handlers run, or empty for threads of the worker's own} */
    public Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    /** {@return the randomness of backoffs} */
    public RandomGenerator random() {
        return random;
    }

    /** {@return where spans and metrics go} */
    public OpenTelemetry openTelemetry() {
        return openTelemetry;
    }

    /** {@return whether attempts belong to the traces of whoever enqueued} */
    public boolean joinsTraces() {
        return joinsTraces;
    }
}
