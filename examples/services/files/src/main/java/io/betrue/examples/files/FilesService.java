package io.betrue.examples.files;

import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Content;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.Attach;
import io.betrue.examples.files.api.Attached;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.FilesError;
import io.betrue.examples.files.api.FilesPage;
import io.betrue.examples.files.api.FilesQuery;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Answers the commands of this service, whichever way they come. The caller is the principal that the application's chain has found. Bytes pass through 64 KiB of memory, however many there are.
 * Safe for use by multiple threads.
 */
public final class FilesService {
    private static final int NAME = 255;
    private static final int TYPE = 100;

    private final Shelf shelf;
    private final Uploads uploads;
    private final FileStore store;

    /**
     * Keeps files in a store, and what is known of them in a database that {@link FilesMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close. None is held while bytes are on their way
     * @param store where bytes are; stays the caller's to close
     * @param options bounds
     * @param clock what time it is
     */
    public FilesService(DataSource dataSource, FileStore store, FilesOptions options, Clock clock) {
        this.shelf = new Shelf(new Database(dataSource), options, clock);
        this.uploads = new Uploads(shelf, store, options);
        this.store = store;
    }

    /**
     * Says who handles each command of {@link FilesCommands}.
     *
     * @param commands the application's
     */
    public void handle(CommandsConfig commands) {
        commands.handle(FilesCommands.UPLOAD, this::upload)
                .answer(FilesCommands.DOWNLOAD, this::download)
                .handle(FilesCommands.DESCRIBE, this::describe)
                .handle(FilesCommands.DELETE, this::delete)
                .handle(FilesCommands.LIST, this::list)
                .handle(FilesCommands.ATTACH, this::attach)
                .answer(FilesCommands.READ, this::read);
    }

    private FileInfo upload(CommandContext context, Upload upload) throws IOException {
        try (Content content = context.content()) {
            Inputs inputs = new Inputs();
            String name = inputs.text("/name", upload.name(), content.fileName(), NAME);
            String type = inputs.text("/mediaType", upload.mediaType(), content.mediaType(), TYPE);
            String key = inputs.key(context.header(Idempotency.HEADER));
            inputs.refuseFaults();
            Shelf.Ticket ticket = new Shelf.Ticket(caller(context), UUID.randomUUID(), key);
            String claim = Content.BYTES.equals(type) ? null : type;
            return uploads.take(context, ticket, content, name == null ? "" : name, claim);
        }
    }

    private Reply<FileInfo> download(CommandContext context, OneFile one) {
        return withBytes(shelf.owned(caller(context), id(one)));
    }

    private Reply<FileInfo> read(CommandContext context, OneFile one) {
        return withBytes(shelf.find(id(one)).orElseThrow(FilesService::notFound));
    }

    private Reply<FileInfo> withBytes(FileInfo file) {
        byte[] sha256 = HexFormat.of().parseHex(file.sha256());
        Content content = new Content(
                new Outgoing(open(file), file.size(), sha256),
                file.size(),
                MediaType.ofText(file.mediaType()).header(),
                file.name());
        return Reply.of(file)
                .content(content)
                .header("etag", '"' + file.sha256() + '"')
                .header("repr-digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":") // RFC 9530
                .header("cache-control", "private, no-cache");
    }

    private InputStream open(FileInfo file) {
        try {
            return store.read(file.fileId());
        } catch (NoSuchFileException e) {
            if (shelf.find(file.fileId()).isEmpty()) {
                throw notFound(); // deleted in this moment
            }
            throw StandardError.INTERNAL.problem().cause(e).toException();
        } catch (IOException e) {
            throw Uploads.unavailable(e);
        }
    }

    private static ProblemException notFound() {
        return FilesError.FILE_NOT_FOUND.problem().toException();
    }

    private FileInfo describe(CommandContext context, OneFile one) {
        return shelf.owned(caller(context), id(one));
    }

    private Nothing delete(CommandContext context, OneFile one) {
        shelf.delete(caller(context), id(one));
        return Nothing.NOTHING;
    }

    private FilesPage list(CommandContext context, FilesQuery query) {
        Inputs inputs = new Inputs();
        Cursor behind = inputs.cursor(query.cursor());
        int limit = inputs.limit(query.limit());
        inputs.refuseFaults();
        return shelf.page(caller(context), behind, limit);
    }

    private Attached attach(CommandContext context, Attach attach) {
        Inputs inputs = new Inputs();
        List<UUID> ids = inputs.ids("/fileIds", attach.fileIds(), Attach.MOST);
        inputs.refuseFaults();
        return new Attached(shelf.owned(caller(context), ids));
    }

    private static UUID id(OneFile one) {
        Inputs inputs = new Inputs();
        UUID id = inputs.id("/fileId", one.fileId());
        inputs.refuseFaults();
        return id;
    }

    private static UUID caller(CommandContext context) {
        return UUID.fromString(context.principal().id());
    }
}
