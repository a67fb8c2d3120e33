-- What is done most often, as functions: these keep their plans, which costs a fraction of planning anew, and their settings keep the plans at the indexes,
-- whether they were made for empty tables or full ones. A changed function gets a new name: during a deploy the older library calls the older one.

-- Takes due jobs for a worker, at most rooms[i] of queue queues[i]: of one type, or of all but some (with commas between), or of all. With marks it takes
-- only those behind the place priorities[i], after[i]: what was taken since the last vacuum stays in the index, and need not be passed over again. The worker's
-- row is locked, so that it cannot be taken for dead in between: its jobs would be nobody's. The commit does not wait for the disk: a claim that a crash of
-- the database forgets is a job that waits again, and the outcome that comes for it is refused.
create function claim_v1(claimer bigint, queues text[], rooms int[], only_types text[], other_types text[], priorities smallint[], after bigint[])
returns table (id bigint, lease int, type text, version int, queue text, priority smallint, attempt smallint, attempts smallint, timeout_ms int,
    payload text, tags text, enqueued_at timestamptz, trace text)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
as $$
#variable_conflict use_column
declare
    picked bigint[];
begin
    perform from "${flyway:defaultSchema}".worker w where w.id = claimer for key share;
    if not found then
        return;
    end if;
    perform set_config('synchronous_commit', 'off', true);
    if after is null then
        select array_agg(j.id) into picked
        from unnest(queues, rooms, only_types, other_types) as l(queue, room, only_type, other_types)
        cross join lateral (
            select id from "${flyway:defaultSchema}".job where queue = l.queue and worker is null
                and (l.only_type is null or type = l.only_type)
                and (l.other_types is null or type <> all(string_to_array(l.other_types, ',')))
            order by priority desc, id limit l.room for update skip locked) as j
        where not exists (select from "${flyway:defaultSchema}".queue q where q.name = l.queue and q.paused);
    else
        select array_agg(j.id) into picked
        from unnest(queues, rooms, only_types, other_types, priorities, after) as l(queue, room, only_type, other_types, priority, after)
        cross join lateral (
            select id from "${flyway:defaultSchema}".job where queue = l.queue and worker is null and priority = l.priority and id > l.after
                and (l.only_type is null or type = l.only_type)
                and (l.other_types is null or type <> all(string_to_array(l.other_types, ',')))
            order by priority desc, id limit l.room for update skip locked) as j
        where not exists (select from "${flyway:defaultSchema}".queue q where q.name = l.queue and q.paused);
    end if;
    return query
    with claimed as (
        update "${flyway:defaultSchema}".job j
        set worker = claimer, lease = lease + 1, attempt = attempt + 1, started_at = "${flyway:defaultSchema}".clock()
        where id = any(picked)
        returning j.*)
    select id, lease, type, version, queue, priority, attempt, attempts, timeout_ms, payload, array_to_string(tags, ','), enqueued_at, trace
    from claimed order by priority desc, id;
end $$;

-- Ends jobs that succeeded, and says which: those that the worker still holds under the lease.
create function succeed_v1(holder bigint, ids bigint[], leases int[], keep boolean, holder_name text, result_ids bigint[], results text[])
returns setof bigint
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
#variable_conflict use_column
begin
    return query
    with done as (
        delete from "${flyway:defaultSchema}".job
        where id = any(ids) and worker = holder and ((id, lease) in (select * from unnest(ids, leases))) is true
        returning *),
    kept as (
        insert into "${flyway:defaultSchema}".job_finished
            (id, finished_at, enqueued_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags, state, queue, type,
            payload, unique_key, trace, tags, worker, result)
        select id, "${flyway:defaultSchema}".clock(), enqueued_at, started_at, lease, timeout_ms, version, priority, attempt, attempts, flags & 1,
            'SUCCEEDED', queue, type, payload, unique_key, trace, tags, holder_name, results[array_position(result_ids, id)]
        from done where keep),
    freed as (
        delete from "${flyway:defaultSchema}".job_key k using done d
        where d.flags & 1 <> 0 and k.key = d.unique_key and k.job_id = d.id and k.expires_at is null),
    quiet as (
        delete from "${flyway:defaultSchema}".job_progress where job_id = any(array(select id from done where flags & 4 <> 0)))
    select id from done;
end $$;
