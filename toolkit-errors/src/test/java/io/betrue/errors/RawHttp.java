package io.betrue.errors;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends bytes to a port and reads HTTP/1.1 responses strictly by their framing: a byte too many or too few is a failure. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    record Response(int status, List<String> headers, String text) {
        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request on a connection of its own and reads one response. */
    static Response exchange(int port, String request) {
        try (RawHttp http = new RawHttp(port)) {
            http.send(request);
            return http.read(request.startsWith("HEAD"));
        }
    }

    void send(String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one response; throws where the connection ends before the body does. */
    Response read(boolean head) {
        try {
            InputStream in = socket.getInputStream();
            String statusLine = line(in);
            List<String> headers = new ArrayList<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.add(line);
            }
            Response response = new Response(Integer.parseInt(statusLine.substring(9, 12)), headers, "");
            return new Response(
                    response.status, headers, head ? "" : new String(body(in, response), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a request that has nothing wrong is answered on this connection; false if it is closed. */
    boolean answersOk() {
        try {
            send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n");
            return read(false).text().equals("fine");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether the server has closed the connection, and sent nothing more before. */
    boolean isClosed() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the server has closed the connection in order: a reset is none. */
    boolean endsCleanly() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a little again and again; true once the server has closed the connection, false if it takes all for that long. */
    boolean trickle(String little, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            socket.setSoTimeout(20);
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(little.getBytes(StandardCharsets.ISO_8859_1));
                try {
                    return socket.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    // still open
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] body(InputStream in, Response response) throws IOException {
        if (response.header("Transfer-Encoding").isPresent()) {
            return chunks(in);
        }
        Optional<String> length = response.header("Content-Length");
        return length.isPresent() ? exactly(in, Integer.parseInt(length.get())) : in.readAllBytes();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            body.write(exactly(in, size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended within a line: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
