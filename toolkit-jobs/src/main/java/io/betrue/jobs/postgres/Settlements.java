package io.betrue.jobs.postgres;

import io.betrue.jobs.JobError;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores how attempts of one worker ended, where its leases still hold. Safe for use by multiple threads. */
final class Settlements {
    private static final int LARGEST = 500;
    /** Twice as many, and the planner may read the whole table instead of the index. */
    private static final int LARGEST_PLANNED = 250;

    /** {@code number:lease}: exact, and compared by hash. */
    private static final String HELD =
            "id = any(array(select unnest(?::bigint[]))) and worker = ? and id || ':' || lease = any(?::text[])";

    private static final String SUCCEED = "select * from {s}.succeed_v1(?, ?, ?, ?, ?, ?, ?)";

    private static final String OTHERWISE =
            "with done as (delete from {s}.job where " + HELD + " returning *), " + """
            x as materialized (
                select d.*, ?::text as who, s.delay_ms, s.error, s.detail,
                    case when d.flags & 2 <> 0 or s.word = 'CANCELLED' then 'CANCELLED' when s.word = 'DEAD' then 'DEAD' end as final,
                    case s.word when 'SNOOZED' then 'SNOOZED' when 'CANCELLED' then 'CONTROL' when 'RELEASED' then null else 'ERROR' end as kind,
                    d.attempt - case when s.word in ('SNOOZED', 'RELEASED') then 1 else 0 end as counted
                from done d join unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[]) as s(id, word, delay_ms, error, detail)
                    on s.id = d.id),
            """ + Endings.MOVE_X;

    private static final String COMPLETE =
            "with done as (delete from {s}.job where id = ? and lease = ? and worker is not null returning *), %s "
                    + Endings.FREE_KEYS.formatted("done", "") + ", " + Endings.DROP_PROGRESS.formatted("done")
                    + " select id from done";

    private static final String KEEP_ONE = """
            kept as (
                insert into {s}.job_finished
                    (id, finished_at, enqueued_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, state, queue, type,
                    payload, unique_key, trace, tags, worker)
                select d.id, {s}.clock(), d.enqueued_at, d.started_at, d.lease, d.timeout_ms, d.version, d.priority, d.attempt, d.attempts, d.flags & 1,
                    'SUCCEEDED', d.queue, d.type, d.payload, d.unique_key, d.trace, d.tags, (select name from {s}.worker w where w.id = d.worker)
                from done d),""";

    private static final String UNKNOWN = "select id, lease from {s}.job where worker = ? and id <> all(?::bigint[])";

    private static final String ALREADY = """
            select f.id from {s}.job_finished f join unnest(?::bigint[], ?::bigint[]) as s(id, lease) on s.id = f.id and s.lease = f.lease
            where f.state = 'SUCCEEDED'
            """;

    private final Database database;
    private final Keep keep;
    private final Completed completed;
    private final long worker;
    private final String name;

    Settlements(PostgresStore store, long worker, String name) {
        this.database = store.database();
        this.keep = store.keep();
        this.completed = store.completed();
        this.worker = worker;
        this.name = name;
    }

    List<Settlement> settle(List<Settlement> settlements) {
        List<Settlement> succeeded = settlements.stream()
                .filter(one -> one.outcome() instanceof JobOutcome.Succeeded)
                .toList();
        List<Settlement> others = settlements.stream()
                .filter(one -> !(one.outcome() instanceof JobOutcome.Succeeded))
                .toList();
        List<Settlement> refused = new ArrayList<>();
        for (List<Settlement> part : parts(succeeded, LARGEST)) {
            refused.addAll(refused(part, database.statement("settle", connection -> succeed(connection, part))));
        }
        for (List<Settlement> part : parts(others, LARGEST_PLANNED)) {
            refused.addAll(refused(part, database.statement("settle", connection -> otherwise(connection, part))));
        }
        refused.removeIf(one -> completed.remove(one.job().id(), one.job().lease()));
        return refused.isEmpty() ? refused : withoutRepeated(refused);
    }

    /** Gives back what this worker holds by the tables, and does not know of. */
    void releaseAllBut(Set<Long> held) {
        List<Settlement> unknown = database.statement(
                "give back",
                connection -> Rows.list(
                        connection, database.sql(UNKNOWN), Settlements::released, worker, held.toArray(new Long[0])));
        for (List<Settlement> part : parts(unknown, LARGEST_PLANNED)) {
            database.statement("give back", connection -> otherwise(connection, part));
        }
    }

    /** Of the claim nothing but number and lease is asked for. */
    private static Settlement released(ResultSet row) throws SQLException {
        ClaimedJob claim = new ClaimedJob(
                row.getLong("id"),
                row.getLong("lease"),
                "",
                0,
                "",
                0,
                0,
                Duration.ZERO,
                "",
                List.of(),
                Instant.EPOCH,
                null);
        return new Settlement(claim, new JobOutcome.Released());
    }

    private static List<List<Settlement>> parts(List<Settlement> all, int largest) {
        List<List<Settlement>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += largest) {
            parts.add(all.subList(from, Math.min(from + largest, all.size())));
        }
        return parts;
    }

    private static List<Settlement> refused(List<Settlement> asked, List<Long> done) {
        if (done.size() == asked.size()) {
            return List.of();
        }
        Set<Long> settled = new HashSet<>(done);
        return asked.stream().filter(one -> !settled.contains(one.job().id())).toList();
    }

    /** A success that was stored already under the same lease, and whose answer was lost, is no refusal. */
    private List<Settlement> withoutRepeated(List<Settlement> refused) {
        List<Settlement> succeeded = refused.stream()
                .filter(one -> one.outcome() instanceof JobOutcome.Succeeded)
                .toList();
        if (succeeded.isEmpty()) {
            return refused;
        }
        Set<Long> already = new HashSet<>(database.statement(
                "settle",
                connection -> Rows.planned(
                        connection, database.sql(ALREADY), row -> row.getLong(1), ids(succeeded), leases(succeeded))));
        return refused.stream().filter(one -> !already.contains(one.job().id())).toList();
    }

    private List<Long> succeed(Connection connection, List<Settlement> part) throws SQLException {
        List<Settlement> results =
                part.stream().filter(one -> result(one) != null).toList();
        return Rows.list(
                connection,
                database.sql(SUCCEED),
                row -> row.getLong(1),
                worker,
                ids(part),
                part.stream().map(one -> (int) one.job().lease()).toArray(Integer[]::new),
                keep.keepsSucceeded(),
                name,
                ids(results),
                results.stream().map(Settlements::result).toArray(String[]::new));
    }

    /** {@return whether the lease held: then the job has ended well in the transaction of the connection} */
    static boolean complete(Connection connection, PostgresStore store, long id, long lease) throws SQLException {
        String sql = COMPLETE.formatted(store.keep().keepsSucceeded() ? KEEP_ONE : "");
        return !Rows.list(connection, store.database().sql(sql), row -> row.getLong(1), id, lease)
                .isEmpty();
    }

    private static @Nullable String result(Settlement one) {
        return one.outcome() instanceof JobOutcome.Succeeded succeeded ? succeeded.result() : null;
    }

    private List<Long> otherwise(Connection connection, List<Settlement> part) throws SQLException {
        return Rows.planned(
                connection,
                database.sql(OTHERWISE),
                row -> row.getLong(1),
                ids(part),
                worker,
                fences(part),
                name,
                ids(part),
                part.stream().map(one -> word(one.outcome())).toArray(String[]::new),
                part.stream().map(one -> Inserts.millis(delay(one.outcome()))).toArray(Long[]::new),
                part.stream().map(one -> text(one.outcome())).toArray(String[]::new),
                part.stream().map(one -> stack(one.outcome())).toArray(String[]::new),
                keep.keepsCancelled(),
                keep.keepsDead(),
                database.schema().channel());
    }

    private static String word(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Retried) {
            return "RETRIED";
        } else if (outcome instanceof JobOutcome.Snoozed) {
            return "SNOOZED";
        } else if (outcome instanceof JobOutcome.Died) {
            return "DEAD";
        } else if (outcome instanceof JobOutcome.Cancelled) {
            return "CANCELLED";
        }
        return "RELEASED";
    }

    static Duration delay(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Retried retried) {
            return retried.delay();
        }
        return outcome instanceof JobOutcome.Snoozed snoozed ? snoozed.delay() : Duration.ZERO;
    }

    private static @Nullable JobError error(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Retried retried) {
            return retried.error();
        }
        return outcome instanceof JobOutcome.Died died ? died.error() : null;
    }

    private static @Nullable String text(JobOutcome outcome) {
        JobError error = error(outcome);
        if (error != null) {
            return error.message().isEmpty() ? error.kind() : error.kind() + ": " + error.message();
        } else if (outcome instanceof JobOutcome.Cancelled cancelled) {
            return cancelled.reason();
        }
        return outcome instanceof JobOutcome.Snoozed snoozed ? "for " + snoozed.delay() : null;
    }

    private static @Nullable String stack(JobOutcome outcome) {
        JobError error = error(outcome);
        return error == null ? null : error.stack();
    }

    private static Long[] ids(List<Settlement> part) {
        return part.stream().map(one -> one.job().id()).toArray(Long[]::new);
    }

    private static Long[] leases(List<Settlement> part) {
        return part.stream().map(one -> one.job().lease()).toArray(Long[]::new);
    }

    private static String[] fences(List<Settlement> part) {
        return part.stream()
                .map(one -> one.job().id() + ":" + one.job().lease())
                .toArray(String[]::new);
    }
}
