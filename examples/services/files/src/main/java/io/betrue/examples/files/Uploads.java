package io.betrue.examples.files;

import io.betrue.commands.CommandContext;
import io.betrue.commands.Content;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesError;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads: first a note that one has begun, then its bytes into the store, and the file that can be seen last. Whatever breaks off between leaves a note, and {@link Sweep} does the rest.
 * Safe for use by multiple threads.
 */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Shelf shelf;
    private final FileStore store;
    private final FilesOptions options;

    Uploads(Shelf shelf, FileStore store, FilesOptions options) {
        this.shelf = shelf;
        this.store = store;
        this.options = options;
    }

    /**
     * Keeps a file.
     *
     * @param context on whose behalf
     * @param ticket names it
     * @param content the bytes, which stay the caller's to close
     * @param name what the sender calls it
     * @param claim what the sender says it is, or null
     */
    FileInfo take(CommandContext context, Shelf.Ticket ticket, Content content, String name, @Nullable String claim) {
        Long announced = content.length();
        if (announced != null && announced > options.largest()) {
            throw tooLarge();
        }
        if (claim != null) {
            refuse(claim);
        }
        byte[] head = Incoming.head(content.stream());
        MediaType type = recognised(head, claim);
        long room = shelf.begin(ticket, announced);
        Incoming incoming = new Incoming(context, head, content.stream(), room(room, announced), type);
        store(context, ticket.id(), incoming, room);
        String clean = FileNames.clean(name, type);
        byte[] sha256 = incoming.sha256();
        FileInfo kept = shelf.keep(ticket, clean, type, incoming.size(), sha256);
        if (!kept.name().equals(clean)
                || !kept.mediaType().equals(type.text())
                || !kept.sha256().equals(HexFormat.of().formatHex(sha256))) {
            throw StandardError.CONFLICT
                    .problem()
                    .detail("This Idempotency-Key was used for another file.")
                    .toException();
        }
        return kept;
    }

    private Incoming.Room room(long bytes, @Nullable Long announced) {
        return new Incoming.Room(
                bytes,
                announced,
                () -> bytes < options.largest() ? shelf.quota().toException() : tooLarge());
    }

    private void refuse(String claim) {
        if (MediaType.named(claim).filter(options.types()::contains).isEmpty()) {
            throw FilesError.FILE_TYPE_REFUSED
                    .problem()
                    .with("mediaType", claim.toLowerCase(Locale.ROOT))
                    .toException();
        }
    }

    private MediaType recognised(byte[] head, @Nullable String claim) {
        MediaType found = MediaType.of(head);
        if (claim != null && MediaType.named(claim).filter(found::equals).isEmpty()) {
            throw FilesError.FILE_TYPE_DIFFERS
                    .problem()
                    .with("claimed", claim.toLowerCase(Locale.ROOT))
                    .toException();
        }
        if (!options.types().contains(found)) {
            throw FilesError.FILE_TYPE_REFUSED
                    .problem()
                    .with("mediaType", found.text())
                    .toException();
        }
        return found;
    }

    /** Puts bytes into the store, or leaves none there. */
    private void store(CommandContext context, UUID id, InputStream incoming, long room) {
        boolean stored = false;
        try {
            store.write(id, incoming, room);
            context.throwIfCancelled();
            stored = true;
        } catch (StorageFullException e) {
            LOG.error("there is no room for uploads: {}", e.getMessage());
            throw FilesError.STORAGE_FULL.problem().cause(e).toException();
        } catch (IOException e) {
            throw unavailable(e);
        } finally {
            if (!stored) {
                discard(id);
            }
        }
    }

    /** As far as it can be done now; the sweep does it again. */
    private void discard(UUID id) {
        try {
            shelf.giveUp(id);
            store.delete(id);
        } catch (IOException | ProblemException e) {
            LOG.warn("what is left of upload {} is removed later: {}", id, e.toString());
        }
    }

    private ProblemException tooLarge() {
        return StandardError.PAYLOAD_TOO_LARGE
                .problem()
                .with("limit", options.largest())
                .toException();
    }

    /** {@return what a store that fails is answered as} */
    static ProblemException unavailable(IOException cause) {
        return StandardError.UNAVAILABLE
                .problem()
                .detail("The store of files cannot be reached at the moment.")
                .retryAfter(SOON)
                .cause(cause)
                .toException();
    }
}
