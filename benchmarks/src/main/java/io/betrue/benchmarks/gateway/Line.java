package io.betrue.benchmarks.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that is kept open for one request after the other. Used by one thread. */
final class Line implements AutoCloseable {
    private static final int LIMIT = 1 << 16;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final byte[] buffer = new byte[LIMIT];
    private int from;
    private int to;
    private boolean closing;

    /** Connects; whatever fails here was not sent. */
    Line(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    }

    /** {@return a whole request} */
    static byte[] post(String path, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Authorization: Bearer ").append(Ledger.TOKEN).append("\r\n");
        head.append("Content-Type: application/json\r\nContent-Length: ").append(bytes.length);
        return head.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@return a whole request for a path} */
    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the answer to a request, read to its end} */
    Answer send(byte[] request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        return answer();
    }

    /** An answer. */
    record Answer(int status, String body) {}

    private Answer answer() throws IOException {
        from = 0;
        to = 0;
        int end = head();
        String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        closing = head.contains("\r\nconnection: close");
        from = end + 4;
        int at = head.indexOf("\r\ncontent-length:");
        if (at < 0) {
            if (head.contains("\r\ntransfer-encoding: chunked")) {
                return new Answer(status, chunked());
            }
            return new Answer(status, "");
        }
        int lineEnd = head.indexOf("\r\n", at + 2);
        int length = Integer.parseInt(
                head.substring(at + 17, lineEnd < 0 ? head.length() : lineEnd).strip());
        while (to - from < length) {
            more();
        }
        return new Answer(status, new String(buffer, from, length, StandardCharsets.UTF_8));
    }

    private String chunked() throws IOException {
        while (to - from < 5 || !new String(buffer, to - 5, 5, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n")) {
            more();
        }
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private int head() throws IOException {
        int seen = 0;
        while (true) {
            for (int i = Math.max(3, seen); i < to; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i - 3;
                }
            }
            seen = to;
            more();
        }
    }

    private void more() throws IOException {
        if (to == LIMIT) {
            throw new IOException("an answer is larger than " + LIMIT + " bytes");
        }
        int count = socket.getInputStream().read(buffer, to, LIMIT - to);
        if (count < 0) {
            throw new EOFException("the connection ended within an answer");
        }
        to += count;
    }

    /** {@return whether the server has said that it will close the connection} */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            closing = true; // it is of no use any more
        }
    }
}
