package io.betrue.examples.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps bytes in a folder, which all processes of the service share: each file is written beside the others, forced to the disk, and then renamed, so that it is there whole or not at all. Only the
 * user of the process can read them. Safe for use by multiple threads.
 */
public final class DiskStore implements FileStore {
    private static final int BUFFER = 64 * 1024;

    private final Path root;
    private final long leave;
    private final boolean posix;

    /**
     * Keeps bytes below a folder.
     *
     * @param root the folder; it is made when it is first needed
     * @param leave how many bytes stay free on the disk, which others may need; 0 or more
     */
    public DiskStore(Path root, long leave) {
        if (leave < 0) {
            throw new IllegalArgumentException("the bytes that stay free must not be negative, were " + leave);
        }
        this.root = root.toAbsolutePath();
        this.leave = leave;
        this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void write(UUID id, InputStream content, long most) throws IOException {
        Path part = part(id);
        makeFolder(above(part));
        DiskSpace.refuseFull(root, most, leave);
        boolean moved = false;
        try {
            copy(content, part);
            Path file = file(id);
            makeFolder(above(file));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(above(file));
            moved = true;
        } catch (IOException e) {
            throw DiskSpace.named(root, e);
        } finally {
            if (!moved) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void copy(InputStream content, Path part) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(part, fresh, ownerOnly("rw-------"))) {
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                ByteBuffer some = ByteBuffer.wrap(buffer, 0, count);
                while (some.hasRemaining()) {
                    channel.write(some);
                }
            }
            channel.force(true);
        }
    }

    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder, ownerOnly("rwx------"));
        for (Path made = folder; made.startsWith(root); made = above(made)) {
            force(above(made)); // which knows its name
        }
    }

    private static Path above(Path folder) {
        return Objects.requireNonNull(folder.getParent(), "a folder of files is not the root of a file system");
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the names in a folder outlive a power failure, where folders can be opened. */
    private void force(Path folder) throws IOException {
        if (posix) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream read(UUID id) throws IOException {
        return Files.newInputStream(file(id));
    }

    @Override
    public void delete(UUID id) throws IOException {
        Files.deleteIfExists(part(id));
        Files.deleteIfExists(file(id));
    }

    private Path part(UUID id) {
        return root.resolve("incoming").resolve(id.toString());
    }

    /** In one of 65,536 folders: a folder with very many names is slow on some systems. */
    private Path file(UUID id) {
        String name = id.toString();
        return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
    }
}
