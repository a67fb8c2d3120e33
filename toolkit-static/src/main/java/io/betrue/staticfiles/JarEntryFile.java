package io.betrue.staticfiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of a jar.
 *
 * @param path the path below the root
 * @param jar the jar
 * @param name the entry's name in it
 * @param size the size in bytes
 * @param crc the checksum that the jar's directory gives
 * @param modified the time of its last change
 */
record JarEntryFile(String path, Path jar, String name, long size, long crc, Instant modified) implements SourceFile {
    private static final Logger LOG = LoggerFactory.getLogger(JarEntryFile.class);

    /**
     * Finds the files of a folder.
     *
     * @param jar a jar of the default file system
     * @param folder the name of the folder's entry, with or without a slash at its end
     * @param hidden whether hidden files are wanted too
     */
    static List<SourceFile> scan(Path jar, String folder, boolean hidden) throws IOException {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        List<SourceFile> found = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
                    add(found, jar, entry, entry.getName().substring(prefix.length()), hidden);
                }
            }
        }
        return found;
    }

    private static void add(List<SourceFile> found, Path jar, ZipEntry entry, String path, boolean hidden) {
        if (!FilePaths.isPlain(path) || entry.getSize() < 0) {
            LOG.warn("an entry of {} is not served: its name is not a plain path of text, or its size is unknown", jar);
            return;
        }
        if (!hidden && FilePaths.isHidden(path)) {
            return;
        }
        FileTime modified = entry.getLastModifiedTime();
        found.add(new JarEntryFile(
                path,
                jar,
                entry.getName(),
                entry.getSize(),
                entry.getCrc(),
                modified == null ? Instant.EPOCH : modified.toInstant()));
    }

    @Override
    public boolean sameAs(SourceFile earlier) {
        return equals(earlier);
    }

    @Override
    public byte[] read() throws IOException {
        // the class loader has the same jar open, so that opening it again shares what was read of it
        try (ZipFile zip = new ZipFile(jar.toFile());
                InputStream stream = stream(zip)) {
            byte[] bytes = stream.readNBytes(Math.toIntExact(size));
            if (bytes.length != size || stream.read() >= 0) {
                throw changed();
            }
            return bytes;
        }
    }

    @Override
    public ReadableByteChannel open(long position) throws IOException {
        ZipFile zip = new ZipFile(jar.toFile());
        try {
            InputStream stream = stream(zip);
            stream.skipNBytes(position);
            return new OpenEntry(zip, Channels.newChannel(stream));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private InputStream stream(ZipFile zip) throws IOException {
        ZipEntry now = zip.getEntry(name);
        if (now == null || now.getSize() != size || now.getCrc() != crc) {
            throw changed();
        }
        return zip.getInputStream(now);
    }

    private IOException changed() {
        return new FileSystemException(jar + "!/" + name, null, "has changed since it was found; load the files again");
    }

    /** The bytes of an entry, which own the open jar. */
    private record OpenEntry(ZipFile zip, ReadableByteChannel bytes) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return bytes.read(into);
        }

        @Override
        public boolean isOpen() {
            return bytes.isOpen();
        }

        @Override
        public void close() throws IOException {
            try (zip) {
                bytes.close();
            }
        }
    }
}
