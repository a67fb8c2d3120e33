package io.betrue.staticfiles;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that sends bytes as they are, which no HTTP client would. Every byte is one character from U+0000 to U+00FF.
 * A server that does not answer within ten seconds fails the test.
 */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    Wire(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one request on a connection of its own. */
    static Answer ask(int port, String request) {
        try (Wire wire = new Wire(port)) {
            wire.send(request);
            return wire.read(request.startsWith("HEAD "));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to: " + request, e);
        }
    }

    /** Gets a target, and has the connection closed then. */
    static Answer get(int port, String target, String... fields) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return ask(port, request.append("\r\n").toString());
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads one answer.
     *
     * @throws EOFException if the server closes the connection before it
     */
    Answer read(boolean head) throws IOException {
        String line = line();
        if (!line.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an answer: " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        List<String> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            fields.add(field);
        }
        Answer answer = new Answer(status, fields, "");
        return new Answer(status, fields, head || status == 304 || status == 204 ? "" : body(answer));
    }

    private String body(Answer answer) throws IOException {
        String length = answer.field("Content-Length");
        if (!length.isEmpty()) {
            return text(in.readNBytes(Integer.parseInt(length)), Integer.parseInt(length));
        }
        if (!answer.field("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        StringBuilder body = new StringBuilder();
        for (int size = chunk(); size > 0; size = chunk()) {
            body.append(text(in.readNBytes(size), size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private static String text(byte[] bytes, int expected) throws EOFException {
        if (bytes.length < expected) {
            throw new EOFException("the body ends after " + bytes.length + " of " + expected + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer as it came. */
    record Answer(int status, List<String> fields, String body) {
        /** {@return the values of a field, joined by a comma; empty if there is none} */
        String field(String name) {
            return String.join(
                    ", ",
                    fields.stream()
                            .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                            .map(field -> field.substring(name.length() + 1).strip())
                            .toList());
        }

        boolean closes() {
            return field("Connection").equalsIgnoreCase("close");
        }

        /** {@return all of it that does not change from second to second} */
        String lasting() {
            List<String> lasting = fields.stream()
                    .filter(field -> !field.regionMatches(true, 0, "Date:", 0, 5))
                    .toList();
            return status + "\n" + String.join("\n", lasting) + "\n\n" + body;
        }
    }
}
