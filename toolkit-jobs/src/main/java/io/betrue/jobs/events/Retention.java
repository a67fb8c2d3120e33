package io.betrue.jobs.events;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Removes events that all consumers have had and that were kept long enough. Safe for use by multiple threads. */
final class Retention {
    private static final int STEP = 1_000;

    /** Also deliveries to consumers that were forgotten while somebody published. */
    private static final String ORPHANS = """
            delete from {s}.delivery where (consumer, seq) in (
                select d.consumer, d.seq from {s}.delivery d
                where not exists (select from {s}.subscription s where s.consumer = d.consumer) limit 1000)
            """;

    private static final String EVENTS = """
            delete from {s}.event where seq = any(array(
                select e.seq from {s}.event e where e.published_at < clock_timestamp() - ? * interval '1 millisecond'
                    and not exists (select from {s}.delivery d where d.seq = e.seq)
                order by e.published_at limit ? for update skip locked))
            """;

    private final DataSource source;
    private final EventsSchema schema;
    private final Duration keep;
    private final JobType<String> type;

    Retention(DataSource source, EventsSchema schema, Duration keep) {
        this.source = source;
        this.schema = schema;
        this.keep = keep;
        String name = schema.name() + ".prune";
        this.type = JobType.of(name, String.class)
                .queue(name)
                .retries(Backoff.constant(Duration.ofSeconds(5)), 3)
                .timeout(Duration.ofMinutes(5));
    }

    Schedule<String> schedule() {
        return Schedule.of(type.name(), Cron.parse("* * * * *"), type, "");
    }

    void attach(WorkerConfig config) {
        config.queue(type.queue(), 1);
        config.handle(type, (job, nothing) -> prune());
    }

    /** {@return how many events were removed} */
    long prune() {
        long removed = 0;
        int step = STEP;
        while (step == STEP && !Thread.currentThread().isInterrupted()) {
            step = step();
            removed += step;
        }
        return removed;
    }

    private int step() {
        try (Transaction transaction = new Transaction(source)) {
            Sql.update(transaction.connection(), schema.sql(ORPHANS));
            int removed = Sql.update(transaction.connection(), schema.sql(EVENTS), keep.toMillis(), STEP);
            transaction.commit();
            return removed;
        } catch (SQLException e) {
            throw schema.failure("remove events", e);
        }
    }
}
