-- Which outbox this is: the number stands in its jobs' numbers, the identity in the names that NATS knows its messages by.
create table outbox (
    sole boolean primary key default true check (sole),
    number smallint not null check (number between 0 and 4095),
    identity uuid not null);

create function draw() returns table (number smallint, identity uuid) language sql volatile as $$
    select floor(random() * 4096)::smallint,
        md5(random()::text || random()::text || clock_timestamp()::text || pg_backend_pid()::text || current_database())::uuid
$$;

insert into outbox (number, identity) select number, identity from draw();

create sequence job_place as bigint maxvalue 1099511627775;

-- Jobs on their way. error: why NATS will never take it; such a row is kept until somebody removes it, or sets error to null.
create table job (
    id bigint primary key,
    enqueued_at timestamptz not null,
    run_at timestamptz,
    unique_ms bigint,
    timeout_ms int not null,
    version int not null,
    priority smallint not null,
    attempts smallint not null,
    queue text not null,
    type text not null,
    payload text not null,
    unique_key text,
    trace text,
    tags text[],
    error text
) with (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = false);
create index job_next on job (id) where error is null;
create index job_aside on job (id) where error is not null;
create unique index job_key on job (unique_key) where unique_key is not null and error is null;

-- For an outbox whose number another has, and for a copy of a database that is to go on beside the original: waiting jobs get other numbers.
create function "${flyway:defaultSchema}".renumber() returns smallint language plpgsql set search_path = "${flyway:defaultSchema}", pg_temp as $$
declare
    drawn smallint;
begin
    lock table outbox, job in access exclusive mode;
    update outbox set (number, identity) = (select d.number, d.identity from draw() as d) returning outbox.number into drawn;
    update job set id = 4503599627370496 + drawn * 1099511627776 + id % 1099511627776;
    return drawn;
end
$$;
