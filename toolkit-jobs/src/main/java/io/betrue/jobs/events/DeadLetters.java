package io.betrue.jobs.events;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Events that a consumer could not take: they are listed, brought again or left out. Safe for use by multiple threads. */
final class DeadLetters {
    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    private static final String ROWS = """
            select d.seq, d.key, d.job, e.id, e.type, e.published_at,
                case when d.key is null then 0
                    else (select count(*) from {s}.delivery o where o.consumer = d.consumer and o.key = d.key and o.seq > d.seq) end as waiting
            from {s}.delivery d join {s}.event e on e.seq = d.seq where d.consumer = ?
            """;

    private static final String OF_JOBS = ROWS + "and d.job = any(?::bigint[]) order by d.seq";

    private static final String OLD = ROWS
            + "and d.job is not null and e.published_at < clock_timestamp() - interval '1 day' order by d.seq limit "
            + PAGE;

    private static final String ONE = ROWS + "and e.id = ?";

    private static final String SETTINGS =
            "select attempts, timeout_ms from {s}.subscription where consumer = ? and type = ?";

    private final DataSource source;
    private final EventsSchema schema;
    private final Couriers couriers;
    private final Deliveries deliveries;
    private final JobControl control;

    private record Row(long seq, DeadEvent event) {}

    DeadLetters(DataSource source, EventsSchema schema, Couriers couriers, Deliveries deliveries, JobControl control) {
        this.source = source;
        this.schema = schema;
        this.couriers = couriers;
        this.deliveries = deliveries;
        this.control = control;
    }

    List<DeadEvent> list(String consumer) {
        Map<Long, JobInfo> ended = ended(consumer);
        try (Transaction transaction = new Transaction(source)) {
            Connection connection = transaction.connection();
            List<Row> rows = new ArrayList<>(
                    rows(connection, OF_JOBS, consumer, ended.keySet().toArray(Long[]::new)));
            for (Row old : rows(connection, OLD, consumer, null)) {
                if (!ended.containsKey(old.event().job()) && isGone(old.event().job())) {
                    rows.add(old);
                }
            }
            return rows.stream()
                    .sorted((one, other) -> Long.compare(one.seq(), other.seq()))
                    .map(row -> withError(row.event(), ended.get(row.event().job())))
                    .toList();
        } catch (SQLException e) {
            throw schema.failure("list dead events", e);
        }
    }

    private Map<Long, JobInfo> ended(String consumer) {
        Map<Long, JobInfo> ended = new HashMap<>();
        JobQuery query = JobQuery.all()
                .states(JobState.DEAD, JobState.CANCELLED)
                .queue(couriers.queue(consumer))
                .limit(PAGE);
        List<JobInfo> page = control.list(query);
        while (!page.isEmpty() && ended.size() < MOST) {
            page.forEach(job -> ended.put(job.id(), job));
            page = control.list(query.before(page.get(page.size() - 1).id()));
        }
        return ended;
    }

    private boolean isGone(long job) {
        return control.find(job).map(found -> found.state().isFinished()).orElse(true);
    }

    private static DeadEvent withError(DeadEvent event, @Nullable JobInfo job) {
        return new DeadEvent(
                event.consumer(),
                event.id(),
                event.type(),
                event.key(),
                event.publishedAt(),
                event.job(),
                event.waiting(),
                job == null ? null : job.error());
    }

    private List<Row> rows(Connection connection, String sql, String consumer, @Nullable Object second)
            throws SQLException {
        Sql.Reader<Row> reader = row -> row(row, consumer);
        return second == null
                ? Sql.list(connection, schema.sql(sql), reader, consumer)
                : Sql.list(connection, schema.sql(sql), reader, consumer, second);
    }

    private static Row row(ResultSet row, String consumer) throws SQLException {
        return new Row(
                row.getLong("seq"),
                new DeadEvent(
                        consumer,
                        row.getObject("id", UUID.class),
                        row.getString("type"),
                        row.getString("key"),
                        Sql.time(row, "published_at"),
                        row.getLong("job"),
                        row.getLong("waiting"),
                        null));
    }

    boolean retry(String consumer, UUID id) {
        try (Transaction transaction = new Transaction(source)) {
            Connection connection = transaction.connection();
            Optional<Row> found = rows(connection, ONE, consumer, id).stream().findFirst();
            long job = found.map(row -> row.event().job()).orElse(0L);
            if (found.isEmpty() || job == 0) {
                return false;
            }
            if (control.retry(job)) {
                return true;
            }
            if (!isGone(job)) {
                return false;
            }
            replace(connection, found.get());
            transaction.commit();
            return true;
        } catch (SQLException e) {
            throw schema.failure("retry an event", e);
        }
    }

    /** Makes another job in place of one that is gone. */
    private void replace(Connection connection, Row row) throws SQLException {
        DeadEvent event = row.event();
        Couriers.Errand errand = Sql.list(
                        connection,
                        schema.sql(SETTINGS),
                        settings -> new Couriers.Errand(
                                event.consumer(), event.type(), row.seq(), settings.getInt(1), settings.getLong(2)),
                        event.consumer(),
                        event.type())
                .stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("the consumer is not declared", "02000"));
        deliveries.replace(connection, errand, event.job());
    }

    boolean skip(String consumer, UUID id) {
        long job;
        try (Transaction transaction = new Transaction(source)) {
            Connection connection = transaction.connection();
            Optional<Row> found = rows(connection, ONE, consumer, id).stream().findFirst();
            if (found.isEmpty()
                    || !deliveries.skip(connection, consumer, found.get().seq())) {
                return false;
            }
            transaction.commit();
            job = found.get().event().job();
        } catch (SQLException e) {
            throw schema.failure("skip an event", e);
        }
        if (job != 0 && !control.discard(job)) {
            control.cancel(job); // it runs: it cannot commit any more
        }
        return true;
    }

    /** Removes the jobs of a consumer that is forgotten. */
    void discardAll(String consumer) {
        JobQuery query = JobQuery.all()
                .states(JobState.QUEUED, JobState.DELAYED, JobState.DEAD, JobState.CANCELLED)
                .queue(couriers.queue(consumer))
                .limit(PAGE);
        List<JobInfo> page = control.list(query);
        while (!page.isEmpty()) {
            page.forEach(job -> control.discard(job.id()));
            page = control.list(query.before(page.get(page.size() - 1).id()));
        }
    }
}
