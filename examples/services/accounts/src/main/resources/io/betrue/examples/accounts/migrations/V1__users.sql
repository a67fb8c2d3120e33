create table accounts.users (
    id            uuid        primary key,
    email         text        not null unique check (email = lower(email) and length(email) between 3 and 254),
    password_hash text        not null,
    created_at    timestamptz not null
);

-- Attempts to sign in that have not succeeded, for addresses with and without an account alike. The hash keeps each row
-- small and the addresses of strangers out of the database.
create table accounts.sign_in_attempts (
    email_hash    bytea       primary key check (length(email_hash) = 32),
    attempts      integer     not null check (attempts > 0),
    at            timestamptz not null,
    blocked_until timestamptz not null
);
create index sign_in_attempts_by_age on accounts.sign_in_attempts (at);
