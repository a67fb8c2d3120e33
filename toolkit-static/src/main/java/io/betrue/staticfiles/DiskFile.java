package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular file of a file system.
 *
 * @param path the path below the root
 * @param real the file itself, with every link resolved
 * @param size the size in bytes
 * @param modified the time of its last change
 * @param key what tells it from another file at the same place (on Unix device and inode), or {@code null} if the file system has no such thing
 */
record DiskFile(
        String path,
        Path real,
        long size,
        Instant modified,
        @Nullable Object key) implements SourceFile {
    /** A link put in the place of the file after the scan must not lead out of the root; a zip file has no links and refuses the option. */
    private static final Set<OpenOption> WITHOUT_LINKS = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

    @Override
    public boolean sameAs(SourceFile earlier) {
        return equals(earlier);
    }

    @Override
    public byte[] read() throws IOException {
        try (SeekableByteChannel channel = channel()) {
            byte[] bytes = new byte[Math.toIntExact(size)];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until it is full or the file ends
            }
            if (buffer.hasRemaining()) {
                throw changed();
            }
            requireUnchanged();
            return bytes;
        }
    }

    @Override
    public ReadableByteChannel open(long position) throws IOException {
        SeekableByteChannel channel = channel();
        try {
            requireUnchanged();
            return channel.position(position);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SeekableByteChannel channel() throws IOException {
        try {
            boolean disk = real.getFileSystem().equals(FileSystems.getDefault());
            return Files.newByteChannel(real, disk ? WITHOUT_LINKS : READ);
        } catch (ClosedFileSystemException e) {
            throw new IOException("its file system is closed", e);
        }
    }

    private void requireUnchanged() throws IOException {
        BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!now.isRegularFile()
                || now.size() != size
                || !now.lastModifiedTime().toInstant().equals(modified)
                || !Objects.equals(now.fileKey(), key)) {
            throw changed();
        }
    }

    private IOException changed() {
        return new FileSystemException(real.toString(), null, "has changed since it was found; load the files again");
    }
}
