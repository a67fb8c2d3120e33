package io.betrue.jobs.postgres;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.NewJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes new jobs, one statement for as many as 1,000. Safe for use by multiple threads. */
final class Inserts {
    static final int LARGEST = 1_000;
    private static final int TRIES = 20;
    private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();

    /** For jobs without a key that are due at once: the most of all. */
    private static final String PLAIN = """
            with made as (
                insert into {s}.job (enqueued_at, queue, type, version, priority, attempts, timeout_ms, payload, tags, trace)
                select {s}.clock(), n.queue, n.type, n.version, n.priority, n.attempts, n.timeout_ms, n.payload, string_to_array(n.tags, ','), n.trace
                from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[])
                    as n(queue, type, version, priority, attempts, timeout_ms, payload, tags, trace)
                returning id),
            woken as materialized (select pg_notify(?, 'q' || w.queue) from unnest(?::text[]) as w(queue))
            select id, (select count(*) from woken) from made
            """;

    /**
     * For all others. An answer without a number means that another transaction took the key after this statement began: what it did is seen by the next
     * statement. Rows of keys that are taken are not locked, or a caller's long transaction would hold up the job's end.
     */
    private static final String FULL = """
            with n as materialized (
                select nextval('{s}.job_id_seq') as id, r.*,
                    coalesce(r.run_at, {s}.clock() + r.delay_ms * interval '1 millisecond', {s}.clock()) as due
                from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bigint[], ?::bigint[], ?::text[]::timestamptz[]) with ordinality
                    as r(queue, type, version, priority, attempts, timeout_ms, payload, tags, trace, key, unique_ms, delay_ms, run_at, place)),
            expired as (
                delete from {s}.job_key where key = any(array(select key from n where key is not null)) and expires_at <= {s}.clock()
                returning key),
            taken as (
                insert into {s}.job_key (key, job_id, expires_at)
                select n.key, n.id, {s}.clock() + n.unique_ms * interval '1 millisecond'
                from n left join expired on expired.key = n.key where n.key is not null order by n.key
                on conflict (key) do nothing returning job_id),
            held as (
                select key, job_id from {s}.job_key
                where key = any(array(select key from n where key is not null)) and (expires_at is null or expires_at > {s}.clock())),
            fresh as materialized (
                select n.*, case when n.key is not null and n.unique_ms is null then 1 else 0 end as flags
                from n where n.key is null or n.id in (select job_id from taken)),
            ready as (
                insert into {s}.job (id, enqueued_at, queue, type, version, priority, attempts, timeout_ms, payload, tags, trace, unique_key, flags)
                select id, {s}.clock(), queue, type, version, priority, attempts, timeout_ms, payload, string_to_array(tags, ','), trace, key, flags
                from fresh where due <= {s}.clock()),
            later as (
                insert into {s}.job_delayed
                    (id, run_at, enqueued_at, queue, type, version, priority, attempts, timeout_ms, payload, tags, trace, unique_key, flags)
                select id, due, {s}.clock(), queue, type, version, priority, attempts, timeout_ms, payload, string_to_array(tags, ','), trace, key, flags
                from fresh where due > {s}.clock()),
            woken as materialized (
                select pg_notify(?, word) from (
                    select distinct 'q' || queue as word from fresh where due <= {s}.clock()
                    union all
                    select 'd' || ceil(extract(epoch from min(due) - {s}.clock()) * 1000) from fresh where due > {s}.clock()
                    having min(due) < {s}.clock() + interval '10 seconds') as words)
            select n.place, case when n.key is null or n.id in (select job_id from taken) then n.id end as made, held.job_id as existing,
                (select count(*) from woken)
            from n left join held on held.key = n.key order by n.place
            """;

    private final Schema schema;
    private final String plain;
    private final String full;

    Inserts(Schema schema) {
        this.schema = schema;
        this.plain = schema.sql(PLAIN);
        this.full = schema.sql(FULL);
    }

    static boolean isPlain(NewJob job) {
        return job.uniqueKey() == null && job.delay() == null && job.runAt() == null;
    }

    /**
     * Writes jobs.
     *
     * @param wake the queues of plain jobs that are to be notified with them
     */
    List<EnqueuedJob> write(Connection connection, List<NewJob> jobs, Collection<String> wake) throws SQLException {
        List<EnqueuedJob> answers = new ArrayList<>(jobs.size());
        for (int from = 0; from < jobs.size(); from += LARGEST) {
            int to = Math.min(from + LARGEST, jobs.size());
            List<NewJob> part = jobs.subList(from, to);
            answers.addAll(
                    part.stream().allMatch(Inserts::isPlain)
                            ? plain(connection, part, wake)
                            : distinct(connection, part));
        }
        return answers;
    }

    private List<EnqueuedJob> plain(Connection connection, List<NewJob> jobs, Collection<String> wake)
            throws SQLException {
        List<@Nullable Object> arguments = columns(jobs);
        arguments.add(schema.channel());
        arguments.add(wake.toArray(new String[0]));
        return Rows.list(connection, plain, row -> new EnqueuedJob(row.getLong(1), true), arguments.toArray());
    }

    /** Leaves out repeated keys: the first job with a key counts, and answers for the others. */
    private List<EnqueuedJob> distinct(Connection connection, List<NewJob> jobs) throws SQLException {
        Map<String, Integer> places = new HashMap<>();
        List<NewJob> firsts = new ArrayList<>(jobs.size());
        List<Integer> origins = new ArrayList<>(jobs.size());
        for (NewJob job : jobs) {
            Integer place = job.uniqueKey() == null ? null : places.putIfAbsent(job.uniqueKey(), firsts.size());
            origins.add(place == null ? firsts.size() : place);
            if (place == null) {
                firsts.add(job);
            }
        }
        List<EnqueuedJob> made = keyed(connection, firsts);
        List<EnqueuedJob> answers = new ArrayList<>(jobs.size());
        int next = 0;
        for (int origin : origins) {
            EnqueuedJob answer = made.get(origin);
            answers.add(origin == next ? answer : new EnqueuedJob(answer.id(), false));
            next = Math.max(next, origin + 1);
        }
        return answers;
    }

    private List<EnqueuedJob> keyed(Connection connection, List<NewJob> jobs) throws SQLException {
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
            List<@Nullable Object> arguments =
                    columns(asked.stream().map(jobs::get).toList());
            arguments.addAll(conditions(asked.stream().map(jobs::get).toList()));
            arguments.add(schema.channel());
            Rows.list(
                    connection,
                    full,
                    row -> answers[asked.get(row.getInt(1) - 1)] = answer(row.getLong(2), row.getLong(3)),
                    arguments.toArray());
            open = asked.stream().filter(i -> answers[i] == null).toList();
        }
        List<EnqueuedJob> all = new ArrayList<>();
        for (EnqueuedJob answer : answers) {
            all.add(Objects.requireNonNull(answer));
        }
        return all;
    }

    private static @Nullable EnqueuedJob answer(long made, long existing) {
        return made > 0 ? new EnqueuedJob(made, true) : existing > 0 ? new EnqueuedJob(existing, false) : null;
    }

    private static List<@Nullable Object> columns(List<NewJob> jobs) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(texts(jobs, NewJob::queue));
        columns.add(texts(jobs, NewJob::type));
        columns.add(numbers(jobs, NewJob::version));
        columns.add(numbers(jobs, NewJob::priority));
        columns.add(numbers(jobs, NewJob::attempts));
        columns.add(numbers(jobs, job -> (int) Math.min(millis(job.timeout()), Integer.MAX_VALUE)));
        columns.add(texts(jobs, NewJob::payload));
        columns.add(texts(jobs, job -> job.tags().isEmpty() ? null : String.join(",", job.tags())));
        columns.add(texts(jobs, NewJob::trace));
        return columns;
    }

    private static List<@Nullable Object> conditions(List<NewJob> jobs) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(texts(jobs, NewJob::uniqueKey));
        columns.add(longs(jobs, NewJob::uniqueFor));
        columns.add(longs(jobs, NewJob::delay));
        columns.add(texts(
                jobs,
                job -> job.runAt() == null ? null : Rows.storable(job.runAt()).toString()));
        return columns;
    }

    private static String[] texts(List<NewJob> jobs, Function<NewJob, @Nullable String> column) {
        return jobs.stream().map(column).toArray(String[]::new);
    }

    private static Integer[] numbers(List<NewJob> jobs, Function<NewJob, Integer> column) {
        return jobs.stream().map(column).toArray(Integer[]::new);
    }

    private static Long[] longs(List<NewJob> jobs, Function<NewJob, @Nullable Duration> column) {
        return jobs.stream()
                .map(job -> {
                    Duration duration = column.apply(job);
                    return duration == null ? null : millis(duration);
                })
                .toArray(Long[]::new);
    }

    /** {@return whole milliseconds, rounded up, within a century} */
    static long millis(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            return 0;
        }
        return duration.toSeconds() >= LONGEST_MILLIS / 1000
                ? LONGEST_MILLIS
                : duration.plusNanos(999_999).toMillis();
    }
}
