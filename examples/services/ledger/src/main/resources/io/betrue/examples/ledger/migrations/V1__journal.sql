-- A double-entry journal. Amounts are whole numbers of the currency's smallest unit, so that none can have too many digits.

create table ledger.currencies (
    code  text     primary key check (code ~ '^[A-Z]{3,8}$'),
    scale smallint not null check (scale between 0 and 18),
    name  text     not null
);

-- A user's account keeps its balance; a system account's balance is the sum of its postings, for else every deposit of
-- every user would wait for the same row.
create table ledger.accounts (
    id       bigint generated always as identity primary key,
    owner    uuid,
    name     text,
    currency text not null references ledger.currencies,
    balance  numeric(38, 0),
    postings bigint,
    constraint accounts_kind check (
        (owner is not null and name is null and balance is not null and postings is not null)
        or (owner is null and name is not null and balance is null and postings is null)),
    constraint accounts_not_overdrawn check (balance >= 0),
    unique (owner, currency),
    unique (name, currency),
    unique (id, currency)
);

create table ledger.transactions (
    id        uuid        primary key,
    owner     uuid        not null,
    kind      text        not null check (kind in ('deposit', 'withdrawal')),
    reference text,
    at        timestamptz not null
);

-- The sequence and the balance after it are of a user's account only; the sequence is the user's position in the history.
create table ledger.postings (
    transaction_id uuid           not null references ledger.transactions,
    account_id     bigint         not null,
    currency       text           not null,
    amount         numeric(38, 0) not null check (amount <> 0),
    sequence       bigint         check (sequence > 0),
    balance        numeric(38, 0) check (balance >= 0),
    primary key (transaction_id, account_id),
    foreign key (account_id, currency) references ledger.accounts (id, currency),
    unique (account_id, sequence),
    constraint postings_kind check ((sequence is null) = (balance is null))
);

create table ledger.idempotency_keys (
    owner          uuid        not null,
    key            text        not null check (length(key) between 1 and 128),
    transaction_id uuid        not null references ledger.transactions deferrable initially deferred,
    created_at     timestamptz not null,
    primary key (owner, key)
);
create index idempotency_keys_by_age on ledger.idempotency_keys (created_at);

-- The journal only grows.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the journal only grows: % of % refused', lower(tg_op), tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger transactions_only_grow before update or delete on ledger.transactions
    for each row execute function ledger.refuse_change();
create trigger transactions_keep before truncate on ledger.transactions
    for each statement execute function ledger.refuse_change();
create trigger postings_only_grow before update or delete on ledger.postings
    for each row execute function ledger.refuse_change();
create trigger postings_keep before truncate on ledger.postings
    for each statement execute function ledger.refuse_change();

-- At commit the postings of a transaction sum to zero in each currency, and there are some.
create function ledger.check_transaction() returns trigger language plpgsql as $$
declare
    transaction uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
    if not exists (select from ledger.postings p where p.transaction_id = transaction)
        or exists (select from ledger.postings p where p.transaction_id = transaction
                   group by p.currency having sum(p.amount) <> 0) then
        raise exception 'transaction % does not balance', transaction using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger transactions_balance after insert on ledger.transactions
    deferrable initially deferred for each row execute function ledger.check_transaction('id');
create constraint trigger postings_balance after insert on ledger.postings
    deferrable initially deferred for each row execute function ledger.check_transaction('transaction_id');

-- At commit a user's balance is that of its last posting, and that one follows from the posting before: so, by induction,
-- a balance is the sum of its postings, whoever writes.
create function ledger.check_account() returns trigger language plpgsql as $$
begin
    if new.postings = 0 and new.balance = 0 then
        return null;
    end if;
    if not exists (
        select from ledger.postings last
        left join ledger.postings before on before.account_id = last.account_id and before.sequence = last.sequence - 1
        where last.account_id = new.id and last.sequence = new.postings and last.balance = new.balance
          and last.balance = coalesce(before.balance, 0) + last.amount
          and (before.sequence is not null or last.sequence = 1)) then
        raise exception 'the balance of account % does not follow from its postings', new.id
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create constraint trigger accounts_follow_postings after insert or update on ledger.accounts
    deferrable initially deferred for each row when (new.owner is not null) execute function ledger.check_account();

insert into ledger.currencies (code, scale, name) values
    ('BTC', 8, 'Bitcoin'),
    ('EUR', 2, 'Euro'),
    ('GBP', 2, 'Pound sterling'),
    ('JPY', 0, 'Yen'),
    ('USD', 2, 'US dollar');

-- Where deposits come from and withdrawals go to; every currency needs one.
insert into ledger.accounts (name, currency) select 'external', code from ledger.currencies;
