alter table accounts.users add column confirmed_at timestamptz;

-- One row is one sign-in, with what its refresh token must be now. Only hashes: whoever reads the table can use nothing of it.
create table accounts.sessions (
    id           uuid        primary key,
    user_id      uuid        not null references accounts.users on delete cascade,
    family_hash  bytea       not null unique check (length(family_hash) = 32),
    token_hash   bytea       not null check (length(token_hash) = 32),
    created_at   timestamptz not null,
    expires_at   timestamptz not null
);
create index sessions_by_user on accounts.sessions (user_id, created_at);
create index sessions_by_end on accounts.sessions (expires_at);

-- The code that a user was sent last, for each purpose.
create table accounts.codes (
    user_id    uuid        not null references accounts.users on delete cascade,
    purpose    text        not null check (purpose in ('confirmation', 'recovery')),
    code_hash  bytea       not null check (length(code_hash) = 32),
    attempts   integer     not null check (attempts >= 0),
    expires_at timestamptz not null,
    primary key (user_id, purpose)
);

-- How often a letter was asked for, for addresses with and without an account alike.
create table accounts.letters (
    address_hash bytea       not null check (length(address_hash) = 32),
    purpose      text        not null,
    asked        integer     not null check (asked > 0),
    since        timestamptz not null,
    last_at      timestamptz not null,
    primary key (address_hash, purpose)
);
create index letters_by_age on accounts.letters (last_at);
