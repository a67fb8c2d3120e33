package io.betrue.jobs.postgres;

/** What is said in the same words wherever attempts end. */
final class Endings {
    static final String FREE_KEYS = """
            freed as (
                delete from {s}.job_key k using %1$s x
                where x.flags & 1 <> 0 and k.key = x.unique_key and k.job_id = x.id and k.expires_at is null %2$s)""";

    static final String DROP_PROGRESS =
            "quiet as (delete from {s}.job_progress where job_id = any(array(select id from %s where flags & 4 <> 0)))";

    /**
     * Moves jobs that were taken out of {@code job}. They stand in {@code x}: the columns of the job, {@code who} had it, {@code final}, the state it ends in
     * or null where it goes on after {@code delay_ms}, {@code counted}, the attempts that count then, and the event: {@code kind} or null, {@code error},
     * {@code detail}. Parameters: whether cancelled ones are kept, whether dead ones are, the channel.
     */
    static final String MOVE_X = """
            kept as (
                insert into {s}.job_finished
                    (id, finished_at, enqueued_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, state, queue, type,
                    payload, unique_key, trace, tags, worker, error)
                select id, {s}.clock(), enqueued_at, started_at, lease, timeout_ms, version, priority, counted, attempts, flags & 1, final, queue, type,
                    payload, unique_key, trace, tags, who, case when kind <> 'SNOOZED' then error else 'cancelled while it ran' end
                from x where final = 'CANCELLED' and ? or final = 'DEAD' and ?),
            ready as (
                insert into {s}.job
                    (id, enqueued_at, due_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, queue, type, payload,
                    unique_key, trace, tags)
                select id, enqueued_at, {s}.clock(), started_at, lease, timeout_ms, version, priority, counted, attempts, flags & 1, queue, type, payload,
                    unique_key, trace, tags
                from x where final is null and delay_ms <= 0),
            later as (
                insert into {s}.job_delayed
                    (id, run_at, enqueued_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, queue, type, payload,
                    unique_key, trace, tags)
                select id, {s}.clock() + delay_ms * interval '1 millisecond', enqueued_at, started_at, lease, timeout_ms, version, priority, counted,
                    attempts, flags & 1, queue, type, payload, unique_key, trace, tags
                from x where final is null and delay_ms > 0),
            told as (
                insert into {s}.job_event (job_id, at, attempt, kind, text, detail)
                select id, {s}.clock(), attempt, kind, coalesce(error, ''), detail from x where kind is not null),
            woken as materialized (
                select pg_notify(?, 'q' || queue) from (select distinct queue from x where final is null and delay_ms <= 0) as queues),
            """
            + FREE_KEYS.formatted("x", "and x.final is not null") + ", " + DROP_PROGRESS.formatted("x")
            + " select id, delay_ms, (select count(*) from woken) from x";

    private Endings() {}
}
