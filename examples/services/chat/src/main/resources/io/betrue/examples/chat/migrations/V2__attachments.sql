-- What belongs to a message, as it was when it was said. The files are another service's; only their owner can take them away.
create table chat.attachments (
    room_id    uuid     not null,
    number     bigint   not null,
    place      smallint not null check (place between 0 and 9),
    file_id    uuid     not null,
    name       text     not null check (char_length(name) between 1 and 255),
    media_type text     not null check (char_length(media_type) between 3 and 100),
    size       bigint   not null check (size >= 0),
    primary key (room_id, number, place),
    unique (room_id, number, file_id),
    foreign key (room_id, number) references chat.messages
);

-- A message with a file needs no words.
alter table chat.messages drop constraint messages_text_check, add constraint messages_text_check check (char_length(text) <= 4000);
