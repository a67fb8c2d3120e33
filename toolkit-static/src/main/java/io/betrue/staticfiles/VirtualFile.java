package io.betrue.staticfiles;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;

/** A file made by code. Two are the same only if they are one object: a change makes a new one. */
final class VirtualFile implements SourceFile {
    private final String path;
    private final byte[] bytes;
    private final Instant modified;

    /**
     * Makes a file.
     *
     * @param bytes the content; never changed from now on
     */
    VirtualFile(String path, byte[] bytes, Instant modified) {
        this.path = path;
        this.bytes = bytes;
        this.modified = modified;
    }

    /** {@return the content, not to be changed} */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Instant modified() {
        return modified;
    }

    @Override
    public boolean sameAs(SourceFile earlier) {
        return this == earlier;
    }

    @Override
    public byte[] read() {
        return bytes.clone();
    }

    @Override
    public ReadableByteChannel open(long position) throws EOFException {
        if (position > bytes.length) {
            throw new EOFException(path + " has only " + bytes.length + " bytes");
        }
        int start = (int) position;
        return Channels.newChannel(new ByteArrayInputStream(bytes, start, bytes.length - start));
    }
}
