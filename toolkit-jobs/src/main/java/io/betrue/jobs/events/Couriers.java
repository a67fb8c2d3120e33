package io.betrue.jobs.events;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.Enqueuer;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Makes the jobs that bring events, in the transaction that decides so. Safe for use by multiple threads. */
final class Couriers {
    private final String prefix;
    private final Function<? super Connection, ? extends Enqueuer> enqueue;

    /**
     * What a consumer is to be brought, and how.
     *
     * @param consumer to whom
     * @param type the code of the event's type, for whoever looks at jobs
     * @param seq the event
     * @param attempts of the job
     * @param timeoutMillis of an attempt
     */
    record Errand(String consumer, String type, long seq, int attempts, long timeoutMillis) {}

    Couriers(EventsSchema schema, Function<? super Connection, ? extends Enqueuer> enqueue) {
        this.prefix = schema.name() + '/';
        this.enqueue = enqueue;
    }

    /** {@return the queue of a consumer, which is also the type of its jobs} */
    String queue(String consumer) {
        return prefix + consumer;
    }

    /** {@return the numbers of the jobs, in the same order} */
    List<Long> send(Connection connection, List<Errand> errands) {
        return enqueue
                .apply(connection)
                .enqueueAll(errands.stream().map(this::request).toList())
                .stream()
                .map(EnqueuedJob::id)
                .toList();
    }

    private JobRequest<Turn> request(Errand errand) {
        String queue = queue(errand.consumer());
        JobType<Turn> type = JobType.of(queue, Turn.class)
                .queue(queue)
                .retries(Backoff.constant(Duration.ZERO), errand.attempts()) // the waits are the worker's to know
                .timeout(Duration.ofMillis(errand.timeoutMillis()));
        return JobRequest.of(type, new Turn(errand.seq())).tags(errand.type());
    }
}
