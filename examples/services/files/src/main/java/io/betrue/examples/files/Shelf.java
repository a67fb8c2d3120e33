package io.betrue.examples.files;

import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.FilesError;
import io.betrue.examples.files.api.FilesPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is known of files: which there are, which are on their way, and which bytes are to be forgotten. Safe for use by multiple threads. */
final class Shelf {
    /** After this time an upload cannot go on any more, whatever became of it. */
    static final Duration ABANDONED = Duration.ofHours(1);

    /** Longer than any upload: one whose process died holds its place no longer than that. */
    private static final Duration COUNTED = FilesCommands.LONGEST_UPLOAD.plusMinutes(1);

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Database database;
    private final FilesOptions options;
    private final Clock clock;

    Shelf(Database database, FilesOptions options, Clock clock) {
        this.database = database;
        this.options = options;
        this.clock = clock;
    }

    private record Used(long count, long bytes) {}

    /**
     * Names an upload.
     *
     * @param owner whose file it becomes
     * @param id the file, unless it was sent before
     * @param key the same each time that it is sent, or null
     */
    record Ticket(UUID owner, UUID id, @Nullable String key) {}

    /**
     * Takes note of an upload before its first byte is stored, and reserves room for it. The file that it became when it was sent before does not count.
     *
     * @param announced its size, or null where it is not known
     * @return how many bytes there may be: those that are announced, else what the user has left, at most the largest file
     */
    long begin(Ticket ticket, @Nullable Long announced) {
        UUID owner = ticket.owner();
        return database.run(handle -> {
            // one after the other for each user, or two uploads would take the same room
            handle.createQuery("select 1 from pg_advisory_xact_lock(hashtextextended('files/' || :owner, 0))")
                    .bind("owner", owner.toString())
                    .mapTo(Integer.class)
                    .one();
            Used files = used(handle, ticket, """
                            select count(*), coalesce(sum(size), 0) from files.files
                            where owner = :owner and (upload_key is null or upload_key is distinct from :key)""");
            Used uploads = used(handle, ticket, """
                            select count(*), coalesce(sum(reserved), 0) from files.uploads
                            where owner = :owner and started_at > :since""");
            if (uploads.count() >= options.uploadsAtOnce()) {
                throw StandardError.RATE_LIMITED.problem().retryAfter(SOON).toException();
            }
            long left = options.quota() - files.bytes() - uploads.bytes();
            long room = announced == null ? Math.min(left, options.largest()) : announced;
            if (files.count() + uploads.count() >= options.filesOfUser() || left < room || left <= 0) {
                throw quota().toException();
            }
            handle.createUpdate("""
                            insert into files.uploads (id, owner, reserved, started_at) values (:id, :owner, :reserved, :now)""")
                    .bind("id", ticket.id())
                    .bind("owner", owner)
                    .bind("reserved", room)
                    .bind("now", now())
                    .execute();
            return room;
        });
    }

    private Used used(Handle handle, Ticket ticket, String sql) {
        return handle.createQuery(sql)
                .bind("owner", ticket.owner())
                .bind("key", ticket.key())
                .bind("since", now().minus(COUNTED))
                .map((row, context) -> new Used(row.getLong(1), row.getLong(2)))
                .one();
    }

    /** {@return what more than a user may keep is refused as} */
    Problem.Builder quota() {
        return FilesError.FILE_QUOTA_EXCEEDED
                .problem()
                .with("files", options.filesOfUser())
                .with("bytes", options.quota());
    }

    /**
     * Lets a file be seen whose bytes are in the store.
     *
     * @return the file, or the one that the upload became when it was sent before; the bytes that have come now are removed then
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if it is not certain whether that was done, or the upload was given up meanwhile
     */
    FileInfo keep(Ticket ticket, String name, MediaType type, long size, byte[] sha256) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS); // as PostgreSQL keeps it
        return database.run(handle -> {
            int begun = handle.createUpdate("delete from files.uploads where id = :id")
                    .bind("id", ticket.id())
                    .execute();
            if (begun != 1) {
                throw StandardError.UNAVAILABLE
                        .problem()
                        .detail("The upload took too long.")
                        .toException();
            }
            int kept = handle.createUpdate("""
                            insert into files.files (id, owner, name, media_type, size, sha256, created_at, upload_key)
                            values (:id, :owner, :name, :type, :size, :sha256, :at, :key)
                            on conflict (owner, upload_key) where upload_key is not null do nothing""")
                    .bind("id", ticket.id())
                    .bind("owner", ticket.owner())
                    .bind("name", name)
                    .bind("type", type.text())
                    .bind("size", size)
                    .bind("sha256", sha256)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("key", ticket.key())
                    .execute();
            return kept == 1
                    ? new FileInfo(
                            ticket.id(), name, type.text(), size, HexFormat.of().formatHex(sha256), at)
                    : sentBefore(handle, ticket);
        });
    }

    private FileInfo sentBefore(Handle handle, Ticket ticket) {
        handle.createUpdate("insert into files.removals (id, due) values (:id, :now)")
                .bind("id", ticket.id())
                .bind("now", now())
                .execute();
        return handle.createQuery(Columns.FILE + " where owner = :owner and upload_key = :key")
                .bind("owner", ticket.owner())
                .bind("key", ticket.key())
                .map((row, context) -> Columns.file(row))
                .findOne()
                .orElseThrow(() -> StandardError.UNAVAILABLE // it was deleted in this moment
                        .problem()
                        .retryAfter(SOON)
                        .toException());
    }

    /** Gives up an upload that has failed. Its bytes are removed once more when nobody can be writing them any longer. */
    void giveUp(UUID id) {
        database.run(handle -> handle.createUpdate("""
                        with gone as (delete from files.uploads where id = :id returning id)
                        insert into files.removals (id, due) select id, :due from gone""")
                .bind("id", id)
                .bind("due", now().plus(ABANDONED))
                .execute());
    }

    /** {@return how many uploads were given up, whose process has died or whose end is not known} */
    int giveUpAbandoned() {
        return database.run(handle -> handle.createUpdate("""
                        with gone as (delete from files.uploads where started_at < :before returning id)
                        insert into files.removals (id, due) select id, :now from gone""")
                .bind("before", now().minus(ABANDONED))
                .bind("now", now())
                .execute());
    }

    /** {@return whose bytes are to be removed now, at most so many} */
    List<UUID> removals(int most) {
        return database.run(handle -> handle.createQuery(
                        "select id from files.removals where due <= :now order by due, id limit :most")
                .bind("now", now())
                .bind("most", most)
                .mapTo(UUID.class)
                .list());
    }

    /** Forgets bytes that are removed. */
    void removed(UUID id) {
        database.run(handle -> handle.createUpdate("delete from files.removals where id = :id")
                .bind("id", id)
                .execute());
    }

    /** Forgets a file of a user; its bytes are to be removed. */
    void delete(UUID owner, UUID id) {
        int deleted = database.run(handle -> handle.createUpdate("""
                        with gone as (delete from files.files where id = :id and owner = :owner returning id)
                        insert into files.removals (id, due) select id, :now from gone""")
                .bind("id", id)
                .bind("owner", owner)
                .bind("now", now())
                .execute());
        if (deleted != 1) {
            throw FilesError.FILE_NOT_FOUND.problem().toException();
        }
    }

    /** {@return a file of a user} */
    FileInfo owned(UUID owner, UUID id) {
        return owned(owner, List.of(id)).get(0);
    }

    /** {@return files of a user, in the same order; fails unless all are there} */
    List<FileInfo> owned(UUID owner, List<UUID> ids) {
        List<FileInfo> found =
                database.run(handle -> handle.createQuery(Columns.FILE + " where id = any(:ids) and owner = :owner")
                        .bindArray("ids", UUID.class, ids)
                        .bind("owner", owner)
                        .map((row, context) -> Columns.file(row))
                        .list());
        return ids.stream()
                .map(id ->
                        found.stream().filter(file -> file.fileId().equals(id)).findFirst())
                .map(file -> file.orElseThrow(
                        () -> FilesError.FILE_NOT_FOUND.problem().toException()))
                .toList();
    }

    /** {@return a file, whosever it is} */
    Optional<FileInfo> find(UUID id) {
        return database.run(handle -> handle.createQuery(Columns.FILE + " where id = :id")
                .bind("id", id)
                .map((row, context) -> Columns.file(row))
                .findOne());
    }

    /** {@return the files of a user behind a place, the newest first} */
    FilesPage page(UUID owner, Cursor behind, int limit) {
        List<FileInfo> found = database.run(handle -> handle.createQuery(Columns.FILE + """
                         where owner = :owner and (created_at, id) < (:at, :id)
                        order by created_at desc, id desc limit :limit""")
                .bind("owner", owner)
                .bind("at", behind.at().atOffset(ZoneOffset.UTC))
                .bind("id", behind.id())
                .bind("limit", limit + 1)
                .map((row, context) -> Columns.file(row))
                .list());
        boolean more = found.size() > limit;
        List<FileInfo> page = more ? found.subList(0, limit) : found;
        return new FilesPage(page, more ? Cursor.behind(page.get(limit - 1)).text() : null);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
