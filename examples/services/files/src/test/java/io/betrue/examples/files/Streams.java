package io.betrue.examples.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Uploads that tests look into. */
final class Streams {
    private Streams() {}

    /** Counts what was read. */
    static final class Counted extends InputStream {
        private final InputStream bytes;
        private final AtomicInteger given = new AtomicInteger();
        private volatile boolean closed;

        Counted(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            given.incrementAndGet();
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, length);
            given.addAndGet(Math.max(0, count));
            return count;
        }

        int given() {
            return given.get();
        }

        boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Does something once so many bytes were read. */
    static final class Acting extends InputStream {
        private final byte[] bytes;
        private final int at;
        private final Runnable action;
        private int position;

        Acting(byte[] bytes, int at, Runnable action) {
            this.bytes = bytes;
            this.at = at;
            this.action = action;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == at) {
                action.run();
            }
            int end = Math.min(position < at ? at : bytes.length, Math.min(bytes.length, position + length));
            int count = end - position;
            System.arraycopy(bytes, position, target, offset, count);
            position = end;
            return count == 0 ? -1 : count;
        }
    }

    /** A picture whose sender is gone after so many bytes. */
    static final class Breaking extends InputStream {
        private final byte[] bytes;
        private int position;

        Breaking(int after) {
            this.bytes = Samples.png(after);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position == bytes.length) {
                throw new IOException("the sender is gone");
            }
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
