-- Rooms, who is in them, and what was said. Messages of a room are numbered from 1 without gaps, under the lock of the room's row, so numbers follow commits.

create table chat.rooms (
    id         uuid        primary key,
    kind       text        not null check (kind in ('room', 'private')),
    name       text        check (char_length(name) between 1 and 100),
    pair       text        unique,
    messages   bigint      not null default 0 check (messages >= 0),
    created_at timestamptz not null,
    constraint rooms_kind check ((kind = 'room') = (name is not null) and (kind = 'private') = (pair is not null))
);

create table chat.members (
    room_id    uuid        not null references chat.rooms,
    user_id    uuid        not null,
    since      timestamptz not null,
    read_up_to bigint      not null default 0 check (read_up_to >= 0),
    primary key (room_id, user_id)
);

create index members_user on chat.members (user_id, room_id);

create table chat.messages (
    room_id uuid        not null references chat.rooms,
    number  bigint      not null check (number > 0),
    id      uuid        not null unique,
    author  uuid        not null,
    at      timestamptz not null,
    text    text        not null check (char_length(text) between 1 and 4000),
    key     text        check (char_length(key) between 1 and 128),
    primary key (room_id, number)
);

create unique index messages_key on chat.messages (room_id, author, key) where key is not null;
