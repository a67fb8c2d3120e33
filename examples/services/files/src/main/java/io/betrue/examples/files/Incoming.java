package io.betrue.examples.files;

import io.betrue.commands.CommandContext;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.files.api.FilesError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An upload on its way to the store: counted, hashed, and refused as soon as it is too long or not what it should be. It fails with problems and never with an {@link IOException}, so that one
 * that is thrown while a store reads is the store's. For one thread.
 */
final class Incoming extends InputStream {
    private final CommandContext context;
    private final InputStream source;
    private final Room room;
    private final @Nullable TextCheck text;
    private final String claimed;
    private final MessageDigest digest = Hashes.sha256();
    private long size;

    /**
     * How much there may be.
     *
     * @param bytes the most
     * @param announced how much there must be, or null
     * @param beyond what more is refused as, where nothing was announced
     */
    record Room(long bytes, @Nullable Long announced, Supplier<ProblemException> beyond) {}

    /**
     * Makes a stream.
     *
     * @param context on whose behalf
     * @param head what was read before
     * @param rest what follows
     * @param room how much there may be
     * @param type what it should be
     */
    Incoming(CommandContext context, byte[] head, InputStream rest, Room room, MediaType type) {
        this.context = context;
        this.source = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        this.room = room;
        this.text = type == MediaType.TEXT ? new TextCheck() : null;
        this.claimed = type.text();
    }

    /** {@return the first bytes of a stream} */
    static byte[] head(InputStream stream) {
        try {
            return stream.readNBytes(MediaType.HEAD);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        context.throwIfCancelled();
        int count;
        try {
            count = source.read(target, offset, length);
        } catch (IOException e) {
            context.throwIfCancelled();
            throw broken(e);
        }
        if (count < 0) {
            end();
            return -1;
        }
        size += count;
        if (size > room.bytes()) {
            throw room.announced() == null ? room.beyond().get() : broken(null);
        }
        if (text != null && !text.take(target, offset, count)) {
            throw differs();
        }
        digest.update(target, offset, count);
        return count;
    }

    private void end() {
        if (room.announced() != null && size != room.announced()) {
            throw broken(null);
        }
        if (text != null && !text.end()) {
            throw differs();
        }
    }

    private ProblemException differs() {
        return FilesError.FILE_TYPE_DIFFERS.problem().with("claimed", claimed).toException();
    }

    private static ProblemException broken(@Nullable IOException cause) {
        Problem.Builder problem = StandardError.BAD_REQUEST.problem().detail("The upload broke off.");
        return cause == null ? problem.toException() : problem.cause(cause).toException();
    }

    /** {@return how many bytes have passed} */
    long size() {
        return size;
    }

    /** {@return the SHA-256 of all that has passed; to be asked once, at the end} */
    byte[] sha256() {
        return digest.digest();
    }
}
