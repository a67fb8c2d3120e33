package io.betrue.examples.files.api;

import io.betrue.commands.CommandType;
import io.betrue.commands.Nothing;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.List;

/** What can be done with files. Whoever calls is their owner; a file of somebody else looks like one that is not there. */
public final class FilesCommands {
    /** How long an upload may take at most. */
    public static final Duration LONGEST_UPLOAD = Duration.ofMinutes(10);

    /** Keeps the stream beside the input as a new file of the caller; with the same key once. */
    public static final CommandType<Upload, FileInfo> UPLOAD = CommandType.of(
                    "files/upload", Upload.class, FileInfo.class)
            .description("Keeps a file, which is the stream beside the input")
            .takingContent()
            .takingKey()
            .timeout(LONGEST_UPLOAD)
            .problems(
                    FilesError.FILE_TYPE_REFUSED,
                    FilesError.FILE_TYPE_DIFFERS,
                    FilesError.FILE_QUOTA_EXCEEDED,
                    FilesError.STORAGE_FULL,
                    StandardError.CONFLICT,
                    StandardError.PAYLOAD_TOO_LARGE,
                    StandardError.RATE_LIMITED);

    /** Gives the bytes of a file of the caller. */
    public static final CommandType<OneFile, FileInfo> DOWNLOAD = CommandType.of(
                    "files/download", OneFile.class, FileInfo.class)
            .description("Gives the bytes of a file as a stream")
            .givingContent()
            .idempotent()
            .problems(FilesError.FILE_NOT_FOUND);

    /** Says what a file of the caller is. */
    public static final CommandType<OneFile, FileInfo> DESCRIBE = CommandType.of(
                    "files/describe", OneFile.class, FileInfo.class)
            .description("Says what a file is")
            .idempotent()
            .problems(FilesError.FILE_NOT_FOUND);

    /** Forgets a file of the caller, for everybody and for good. */
    public static final CommandType<OneFile, Nothing> DELETE = CommandType.of(
                    "files/delete", OneFile.class, Nothing.class)
            .description("Forgets a file for good, also where it is attached")
            .problems(FilesError.FILE_NOT_FOUND);

    /** Lists the caller's files. */
    public static final CommandType<FilesQuery, FilesPage> LIST = CommandType.of(
                    "files/list", FilesQuery.class, FilesPage.class)
            .description("Lists the caller's files, the newest first")
            .idempotent();

    /** Says what files of the caller are that another service is about to show to others; fails unless all of them are theirs. */
    public static final CommandType<Attach, Attached> ATTACH = CommandType.of(
                    "files/attach", Attach.class, Attached.class)
            .description("Says what files of the caller are, for a service that shows them to others")
            .internal()
            .idempotent()
            .problems(FilesError.FILE_NOT_FOUND);

    /** Gives the bytes of a file, whosever it is: the service that asks has decided that the caller may have them. */
    public static final CommandType<OneFile, FileInfo> READ = CommandType.of(
                    "files/read", OneFile.class, FileInfo.class)
            .description("Gives the bytes of a file that another service shows")
            .givingContent()
            .internal()
            .idempotent()
            .problems(FilesError.FILE_NOT_FOUND);

    /** All of them. */
    public static final List<CommandType<?, ?>> ALL = List.of(UPLOAD, DOWNLOAD, DESCRIBE, DELETE, LIST, ATTACH, READ);

    private FilesCommands() {}
}
