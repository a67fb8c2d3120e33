package io.betrue.examples.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;

/**
 * Bytes on their way to a store that wants to know their number first, in a file without a name: the system forgets it when the process ends, in whatever way (on systems where an open file cannot
 * lose its name, when it is closed). It can be read again and again. For one thread.
 */
final class Spool implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final MessageDigest md5 = Hashes.md5();
    private long size;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    /** {@return the bytes, at most so many, read to their end; what they throw passes on} */
    static Spool of(InputStream content, Path folder, long most) throws IOException {
        Files.createDirectories(folder);
        DiskSpace.refuseFull(folder, most, 0);
        Spool spool = new Spool(FileChannel.open(
                folder.resolve("spool-" + UUID.randomUUID()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
        boolean filled = false;
        try {
            spool.fill(content);
            filled = true;
            return spool;
        } catch (IOException e) {
            throw DiskSpace.named(folder, e);
        } finally {
            if (!filled) {
                spool.close();
            }
        }
    }

    private void fill(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            md5.update(buffer, 0, count);
            size += count;
            ByteBuffer some = ByteBuffer.wrap(buffer, 0, count);
            while (some.hasRemaining()) {
                channel.write(some);
            }
        }
    }

    long size() {
        return size;
    }

    /** {@return what stores compare the bytes with that arrive (RFC 1864); to be asked once} */
    String contentMd5() {
        return Base64.getEncoder().encodeToString(md5.digest());
    }

    /** {@return the bytes from the first on} */
    InputStream open() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
                position += Math.max(0, count);
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
