-- A row here is a file that can be seen: its bytes are in the store, whole, and nothing of it changes any more.
create table files.files (
    id         uuid        primary key,
    owner      uuid        not null,
    name       text        not null check (char_length(name) between 1 and 255),
    media_type text        not null check (char_length(media_type) between 3 and 100),
    size       bigint      not null check (size >= 0),
    sha256     bytea       not null check (length(sha256) = 32),
    created_at timestamptz not null
);

create index files_owner on files.files (owner, created_at, id);

-- Bytes that are on their way into the store. The row comes before the first byte, and becomes one of files.files, or of files.removals: so none is in the store that nobody knows of.
create table files.uploads (
    id         uuid        primary key,
    owner      uuid        not null,
    reserved   bigint      not null check (reserved >= 0),
    started_at timestamptz not null
);

create index uploads_owner on files.uploads (owner);
create index uploads_age on files.uploads (started_at);

-- Bytes that nobody can see any more, and that the store is to forget.
create table files.removals (
    id  uuid        primary key,
    due timestamptz not null
);

create index removals_due on files.removals (due, id);
