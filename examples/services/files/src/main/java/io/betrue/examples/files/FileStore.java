package io.betrue.examples.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/**
 * Where bytes are kept, under ids and nothing else: what a user calls a file never reaches a store. Bytes under an id never change. Called by many threads at once.
 */
public interface FileStore {
    /**
     * Keeps bytes so that they outlive this process and a power failure. Bytes can be read when this returns, all of them, and not before.
     *
     * @param id what they are kept under; used once, whatever came of it
     * @param content the bytes, read to their end and not closed. What it throws passes on, and then nothing can be read under the id
     * @param most how many there can be, for who has to see that there is room
     * @throws StorageFullException if there is no room
     * @throws IOException if they could not be kept; something may be left that {@link #delete} removes
     */
    void write(UUID id, InputStream content, long most) throws IOException;

    /**
     * {@return the bytes, to be closed by the caller}
     *
     * @param id what they are kept under
     * @throws java.nio.file.NoSuchFileException if there are none
     * @throws IOException if the store cannot be reached; the stream throws one as soon as it breaks
     */
    InputStream read(UUID id) throws IOException;

    /**
     * Forgets bytes, also those whose writing was broken off, in another process too. Where there are none, nothing happens.
     *
     * @param id what they are kept under
     * @throws IOException if it is not certain that they are gone
     */
    void delete(UUID id) throws IOException;
}
