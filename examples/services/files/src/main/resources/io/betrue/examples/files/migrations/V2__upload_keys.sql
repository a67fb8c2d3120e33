-- The key that an upload was sent with, so that one that is sent again becomes no second file.
alter table files.files add column upload_key text check (char_length(upload_key) between 1 and 128);

create unique index files_upload_key on files.files (owner, upload_key) where upload_key is not null;
