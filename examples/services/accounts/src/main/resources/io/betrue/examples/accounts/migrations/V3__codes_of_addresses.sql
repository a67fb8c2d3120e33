-- The code that was made last for an address, for each purpose. Whoever asks for a letter gets a row, with and without an account alike, so that trying a code is the
-- same work. accounts.codes is left to programs of the release before, and goes in the next.
create table accounts.address_codes (
    address_hash bytea       not null check (length(address_hash) = 32),
    purpose      text        not null check (purpose in ('confirmation', 'recovery')),
    code_hash    bytea       not null check (length(code_hash) = 32),
    attempts     integer     not null check (attempts >= 0),
    expires_at   timestamptz not null,
    primary key (address_hash, purpose)
);
create index address_codes_by_end on accounts.address_codes (expires_at);
