package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers for reading files, one for each answer that is being written. Those given back are used again. Safe for use by multiple threads. */
final class Buffers {
    /** The size of a buffer in bytes: large enough that a file costs few writes. */
    static final int SIZE = 128 << 10;

    /** The most that wait for use, 4 MiB. */
    private static final int MOST_KEPT = 32;

    private final Queue<ByteBuffer> free = new ArrayBlockingQueue<>(MOST_KEPT);

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        free.offer(buffer);
    }
}
