package io.betrue.jobs.nats;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of an outbox. Safe for use by multiple threads. */
final class OutboxTables {
    private static final int LARGEST = 1_000;
    private static final int TRIES = 20;
    private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** An answer without a number means that another transaction took the key after this statement began: the next statement sees it. */
    private static final String WRITE = """
            with n as materialized (
                select 4503599627370496 + o.number * 1099511627776 + nextval('{s}.job_place') as id, r.*
                from {s}.outbox as o, unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bigint[], ?::bigint[], ?::text[]::timestamptz[]) with ordinality
                    as r(queue, type, version, priority, attempts, timeout_ms, payload, tags, trace, key, unique_ms, delay_ms, run_at, place)),
            made as (
                insert into {s}.job (id, enqueued_at, run_at, unique_ms, timeout_ms, version, priority, attempts, queue, type, payload, unique_key,
                    trace, tags)
                select id, statement_timestamp(), coalesce(run_at, statement_timestamp() + delay_ms * interval '1 millisecond'), unique_ms, timeout_ms,
                    version, priority, attempts, queue, type, payload, key, trace, string_to_array(tags, ',')
                from n order by key nulls first, place
                on conflict (unique_key) where unique_key is not null and error is null do nothing
                returning id)
            select n.place, made.id, held.id from n
            left join made on made.id = n.id
            left join {s}.job as held on made.id is null and held.unique_key = n.key and held.error is null
            order by n.place
            """;

    /** The server ends it when the relay is silent for so long, since nobody else gets at the rows meanwhile. */
    private static final String LIMITS =
            "set local idle_in_transaction_session_timeout = '60s';" + " set local plan_cache_mode = force_custom_plan";

    /** Rows that nobody else carries, not more than fit into memory. */
    private static final String TAKE = """
            with locked as materialized (
                select id, octet_length(payload) as size from {s}.job where error is null order by id limit ? for update skip locked),
            fitting as (
                select id from (select id, sum(size) over (order by id) - size as before from locked) as sizes where before < ?)
            select id, queue, type, version, priority, attempts, timeout_ms, payload, array_to_string(tags, ','), trace, unique_key, unique_ms,
                run_at is not null, ceil(extract(epoch from run_at - clock_timestamp()) * 1000)::bigint,
                greatest(extract(epoch from clock_timestamp() - enqueued_at) * 1000, 0)::bigint, (extract(epoch from enqueued_at) * 1000000)::bigint
            from {s}.job join fitting using (id) order by id
            """;

    private static final String INFO = """
            select count(*), (extract(epoch from statement_timestamp() - min(enqueued_at)) * 1000)::bigint,
                (select count(*) from {s}.job where error is not null)
            from {s}.job where error is null
            """;

    private final OutboxSchema schema;
    private final String write;
    private final String take;

    OutboxTables(OutboxSchema schema) {
        this.schema = schema;
        this.write = schema.sql(WRITE);
        this.take = schema.sql(TAKE);
    }

    /**
     * Which outbox this is.
     *
     * @param number 0 to 4,095, in the numbers of its jobs
     * @param identity no other has it
     */
    record Identity(int number, String identity) {}

    OutboxSchema schema() {
        return schema;
    }

    /** Writes jobs in the caller's transaction. */
    List<EnqueuedJob> write(Connection connection, List<NewJob> jobs) throws SQLException {
        List<EnqueuedJob> answers = new ArrayList<>(jobs.size());
        for (int from = 0; from < jobs.size(); from += LARGEST) {
            answers.addAll(part(connection, jobs.subList(from, Math.min(from + LARGEST, jobs.size()))));
        }
        return answers;
    }

    private List<EnqueuedJob> part(Connection connection, List<NewJob> jobs) throws SQLException {
        @Nullable EnqueuedJob[] answers = new EnqueuedJob[jobs.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            open.add(i);
        }
        for (int attempt = 0; !open.isEmpty(); attempt++) {
            if (attempt == TRIES) {
                throw new JobException(
                        "a unique key was taken and given back " + TRIES + " times while it was asked for");
            }
            List<Integer> asked = open;
            try (PreparedStatement statement = connection.prepareStatement(write)) {
                bind(statement, asked.stream().map(jobs::get).toList());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        answers[asked.get(row.getInt(1) - 1)] = answer(row.getLong(2), row.getLong(3));
                    }
                }
            }
            open = asked.stream().filter(i -> answers[i] == null).toList();
        }
        List<EnqueuedJob> all = new ArrayList<>();
        for (EnqueuedJob answer : answers) {
            all.add(Objects.requireNonNull(answer));
        }
        return all;
    }

    private static @Nullable EnqueuedJob answer(long made, long held) {
        return made > 0 ? new EnqueuedJob(made, true) : held > 0 ? new EnqueuedJob(held, false) : null;
    }

    private static void bind(PreparedStatement statement, List<NewJob> jobs) throws SQLException {
        array(statement, 1, "text", jobs, NewJob::queue);
        array(statement, 2, "text", jobs, NewJob::type);
        array(statement, 3, "int4", jobs, NewJob::version);
        array(statement, 4, "int4", jobs, NewJob::priority);
        array(statement, 5, "int4", jobs, NewJob::attempts);
        array(statement, 6, "int4", jobs, job -> (int) Math.min(job.timeout().toMillis(), Integer.MAX_VALUE));
        array(statement, 7, "text", jobs, NewJob::payload);
        array(statement, 8, "text", jobs, job -> job.tags().isEmpty() ? null : String.join(",", job.tags()));
        array(statement, 9, "text", jobs, NewJob::trace);
        array(statement, 10, "text", jobs, NewJob::uniqueKey);
        array(statement, 11, "int8", jobs, job -> millis(job.uniqueFor()));
        array(statement, 12, "int8", jobs, job -> millis(job.delay()));
        array(statement, 13, "text", jobs, job -> storable(job.runAt()));
    }

    private static void array(
            PreparedStatement statement,
            int index,
            String type,
            List<NewJob> jobs,
            Function<NewJob, @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = jobs.stream().map(column).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    /** {@return whole milliseconds, rounded up, within a century; {@code null} for none} */
    private static @Nullable Long millis(@Nullable Duration duration) {
        if (duration == null || duration.isNegative() || duration.isZero()) {
            return null;
        }
        return duration.toSeconds() >= LONGEST_MILLIS / 1000
                ? LONGEST_MILLIS
                : duration.plusNanos(999_999).toMillis();
    }

    private static @Nullable String storable(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        return (time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time).toString();
    }

    /** {@return which outbox this is} */
    Identity identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(schema.sql("select number, identity::text from {s}.outbox"))) {
            if (!row.next()) {
                throw new JobException("schema " + schema.name()
                        + " does not say which outbox it is; make the tables anew with NatsOutbox.migrate");
            }
            return new Identity(row.getInt(1), row.getString(2));
        }
    }

    /** {@return whether something waits, locked or not} */
    boolean isWaiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(schema.sql("select exists(select from {s}.job where error is null)"))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * {@return rows that are locked until the transaction ends, the oldest first}
     *
     * @param most so many at most
     * @param bytes the last of them begins before payloads of so many
     */
    List<OutboxRow> take(Connection connection, int most, long bytes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMITS);
        }
        try (PreparedStatement statement = connection.prepareStatement(take)) {
            statement.setInt(1, most);
            statement.setLong(2, bytes);
            List<OutboxRow> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(read(row));
                }
            }
            return rows;
        }
    }

    private static OutboxRow read(ResultSet row) throws SQLException {
        long uniqueMillis = row.getLong(12);
        long left = row.getLong(14);
        String tags = row.getString(9);
        NewJob made = new NewJob(
                row.getString(3),
                row.getInt(4),
                row.getString(2),
                row.getInt(5),
                row.getInt(6),
                Duration.ofMillis(row.getInt(7)),
                row.getString(8),
                tags == null || tags.isEmpty() ? List.of() : List.of(tags.split(",")),
                row.getString(11),
                uniqueMillis == 0 ? null : Duration.ofMillis(uniqueMillis),
                left <= 0 ? null : Duration.ofMillis(left),
                null,
                row.getString(10));
        return new OutboxRow(
                row.getLong(1), made, row.getBoolean(13), Duration.ofMillis(row.getLong(15)), row.getLong(16));
    }

    /** Forgets rows that NATS has, and marks those that it will never take. */
    void finish(Connection connection, Collection<Long> done, Map<Long, String> aside) throws SQLException {
        if (!done.isEmpty()) {
            try (PreparedStatement statement =
                    connection.prepareStatement(schema.sql("delete from {s}.job where id = any(?)"))) {
                statement.setArray(1, connection.createArrayOf("int8", done.toArray()));
                statement.executeUpdate();
            }
        }
        for (Map.Entry<Long, String> each : aside.entrySet()) {
            try (PreparedStatement statement =
                    connection.prepareStatement(schema.sql("update {s}.job set error = ? where id = ?"))) {
                statement.setString(1, each.getValue());
                statement.setLong(2, each.getKey());
                statement.executeUpdate();
            }
        }
    }

    OutboxInfo info(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(schema.sql(INFO))) {
            row.next();
            long waiting = row.getLong(1);
            Duration oldest = Duration.ofMillis(Math.max(0, row.getLong(2)));
            return new OutboxInfo(waiting, waiting == 0 ? null : oldest, row.getLong(3));
        }
    }
}
