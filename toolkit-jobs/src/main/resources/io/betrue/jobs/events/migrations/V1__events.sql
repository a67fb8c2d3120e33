-- What was published, in the order in which it was written; removed some time after all have had it. trace: the W3C trace context of whoever published.
create table event (
    seq bigint generated always as identity (cache 1) primary key,
    id uuid not null unique,
    type text not null,
    key text,
    payload text not null,
    trace text,
    published_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
create index event_age on event (published_at);

-- Who wants which events, and how the jobs are made that bring them.
create table subscription (
    consumer text not null,
    type text not null,
    ordered boolean not null,
    attempts int not null,
    timeout_ms bigint not null,
    declared_at timestamptz not null default clock_timestamp(),
    primary key (consumer, type)
);

-- What a consumer has not had yet, and nothing else: the row goes in the transaction that says that it has had the event.
-- key: null where no order is kept. job: what brings it now, null while it waits for an earlier event of its key. taken: its turn has come, and no other
-- event of its key is brought meanwhile. lease: of the job's run that has it.
create table delivery (
    consumer text not null,
    seq bigint not null,
    key text,
    job bigint,
    taken boolean not null default false,
    lease bigint not null default 0,
    primary key (consumer, seq)
) with (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = false);
create index delivery_key on delivery (consumer, key, seq) where key is not null;
create index delivery_taken on delivery (consumer, key) where taken and key is not null;
create index delivery_event on delivery (seq);

-- Functions as in the jobs' tables: they keep their plans at the indexes. A changed function gets a new name.

-- Whoever decides whose turn it is among the events of one key of one consumer does it alone.
create function alone_v1(consumer text, key text) returns void language sql volatile as
    $$select pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}' || chr(31) || consumer || chr(31) || key, 0))$$;

-- Gives the event to a run of a job where its turn has come. No row: the consumer has had it, or another job brings it, or it must wait; then it has no job
-- any more, and whoever ends the event before it makes one.
create function take_v1(taker text, wanted bigint, runner bigint, its_lease bigint)
returns table (id uuid, type text, key text, payload text, published_at timestamptz)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
#variable_conflict use_column
declare
    own "${flyway:defaultSchema}".delivery%rowtype;
begin
    select d.* into own from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.seq = wanted;
    if not found or own.job is distinct from runner then
        return;
    end if;
    if own.key is not null then
        perform "${flyway:defaultSchema}".alone_v1(taker, own.key);
    end if;
    select d.* into own from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.seq = wanted for update;
    if not found or own.job is distinct from runner then
        return;
    end if;
    if own.key is not null and not own.taken and (
            exists (select from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.key = own.key and d.seq < wanted)
            or exists (select from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.key = own.key and d.taken)) then
        update "${flyway:defaultSchema}".delivery d set job = null where d.consumer = taker and d.seq = wanted;
        return;
    end if;
    update "${flyway:defaultSchema}".delivery d set taken = true, lease = its_lease where d.consumer = taker and d.seq = wanted;
    return query select e.id, e.type, e.key, e.payload, e.published_at from "${flyway:defaultSchema}".event e where e.seq = wanted;
end $$;

-- Ends the delivery of an event, where the job's run still has it; for whoever has no job (null), whatever its state. next: the event of the same key that
-- has waited for it, which needs a job now.
create function finish_v1(taker text, wanted bigint, runner bigint, its_lease bigint)
returns table (done boolean, next bigint, next_type text, next_trace text, attempts int, timeout_ms bigint)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
#variable_conflict use_column
declare
    own_key text;
    first_seq bigint;
    first_job bigint;
begin
    select d.key into own_key from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.seq = wanted;
    if found and own_key is not null then
        perform "${flyway:defaultSchema}".alone_v1(taker, own_key);
    end if;
    delete from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.seq = wanted
        and (runner is null or (d.job = runner and d.taken and d.lease = its_lease));
    if not found then
        return query select false, null::bigint, null::text, null::text, null::int, null::bigint;
        return;
    end if;
    if own_key is not null
            and not exists (select from "${flyway:defaultSchema}".delivery d where d.consumer = taker and d.key = own_key and d.taken) then
        select d.seq, d.job into first_seq, first_job from "${flyway:defaultSchema}".delivery d
        where d.consumer = taker and d.key = own_key order by d.seq limit 1;
        if found and first_job is null then
            return query select true, e.seq, e.type, e.trace, s.attempts, s.timeout_ms
            from "${flyway:defaultSchema}".event e
            left join "${flyway:defaultSchema}".subscription s on s.consumer = taker and s.type = e.type
            where e.seq = first_seq;
            return;
        end if;
    end if;
    return query select true, null::bigint, null::text, null::text, null::int, null::bigint;
end $$;
