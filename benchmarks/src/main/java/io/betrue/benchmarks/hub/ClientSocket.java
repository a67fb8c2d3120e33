package io.betrue.benchmarks.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The client's end of one WebSocket, small and without a thread, so that ten thousand of them are no load. It sends little and never more than a socket takes at once. */
final class ClientSocket {
    private static final int PER_ADDRESS = 5_000;
    private static final int INITIAL = 1_024;
    private static final int SMALL_WINDOW = 4_096;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private static final List<String> UPGRADE = List.of(
            "GET /ws HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");

    final int id;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Ears ears;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
    private ByteBuffer in = ByteBuffer.allocate(INITIAL);
    private boolean upgraded;
    private boolean paused;
    private boolean ended;

    /** What hears the socket. */
    interface Ears {
        /** The WebSocket is open. */
        void opened(ClientSocket socket) throws IOException;

        /** A text came. */
        void heard(ClientSocket socket, String message) throws IOException;

        /** It is over; the code is 0 if the connection broke. */
        void closed(ClientSocket socket, int code);
    }

    ClientSocket(int id, int port, boolean smallWindow, Selector selector, Ears ears) throws IOException {
        this.id = id;
        this.ears = ears;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (smallWindow) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
        }
        // each address of this machine has ports of its own
        byte[] from = {127, 0, 0, (byte) (1 + id / PER_ADDRESS)};
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
        channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** Reads nothing more, or goes on. */
    void pause(boolean now) {
        paused = now;
        if (!ended) {
            key.interestOps(now ? 0 : SelectionKey.OP_READ);
        }
    }

    void ready() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                write(ByteBuffer.wrap(String.join("\r\n", UPGRADE).getBytes(StandardCharsets.US_ASCII)));
            } else if (key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(0);
        }
    }

    private void read() throws IOException {
        int count = channel.read(in);
        while (count > 0) {
            in.flip();
            parse();
            in.compact();
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            }
            count = ended || paused ? 0 : channel.read(in);
        }
        if (count < 0) {
            end(0);
        }
    }

    private void parse() throws IOException {
        if (!upgraded && !upgrade()) {
            return;
        }
        while (!ended && frame()) {}
    }

    private boolean upgrade() throws IOException {
        String head = StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + head.lines().findFirst().orElse(""));
        }
        in.position(in.position() + end + 4);
        upgraded = true;
        ears.opened(this);
        return true;
    }

    /** {@return whether there was a whole one} */
    private boolean frame() throws IOException {
        ByteBuffer rest = in.duplicate();
        if (rest.remaining() < 2) {
            return false;
        }
        int first = rest.get();
        int size = rest.get() & 0x7F;
        if (rest.remaining() < (size == TWO_BYTES ? 2 : size == EIGHT_BYTES ? 8 : 0)) {
            return false;
        }
        long length = size == TWO_BYTES ? rest.getShort() & 0xFFFF : size == EIGHT_BYTES ? rest.getLong() : size;
        if (rest.remaining() < length) {
            return false;
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        rest.get(payload);
        in.position(rest.position());
        take(first & 0x0F, (first & LAST) != 0, payload);
        return true;
    }

    private void take(int kind, boolean last, byte[] payload) throws IOException {
        switch (kind) {
            case TEXT, CONTINUATION -> {
                text.writeBytes(payload);
                if (last) {
                    String message = text.toString(StandardCharsets.UTF_8);
                    text.reset();
                    ears.heard(this, message);
                }
            }
            case PING -> send(PONG, payload);
            case CLOSE -> {
                send(CLOSE, payload);
                end(payload.length < 2 ? 0 : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
            }
            default -> {}
        }
    }

    void say(String message) throws IOException {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int kind, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (LAST | kind));
        if (payload.length < TWO_BYTES) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
        }
        write(frame.putInt(0).put(payload).flip()); // a mask of zeroes changes nothing
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the socket is full");
        }
    }

    private void end(int code) {
        if (!ended) {
            ended = true;
            try {
                channel.close();
            } catch (IOException e) {
                System.err.println("socket " + id + " is not closed: " + e);
            }
            ears.closed(this, code);
        }
    }
}
