package io.betrue.benchmarks;

import com.sun.management.ThreadMXBean;
import io.javalin.Javalin;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Counts the bytes that all threads of the server allocate for one hit, warmed up, over one kept connection.
 * <p>The client runs in the same JVM on the main thread, which is left out of the sum.
 */
public final class StaticAllocation {
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final int HITS = 5_000;
    private static final int QUIET_MILLIS = 500;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private StaticAllocation() {}

    /**
     * Prints a row of a Markdown table.
     *
     * @param args the kind of the server as {@link StaticServer} knows it, the folder, and how many hits to count (5,000 unless given)
     * @throws IOException if a connection breaks
     */
    public static void main(String[] args) throws IOException {
        int hits = args.length > 2 ? Integer.parseInt(args[2]) : HITS;
        Javalin app = StaticServer.start(args[0], Path.of(args[1]).toAbsolutePath(), 0);
        try {
            String script = request("/app.js", "");
            String etag = args[0].equals("empty") ? "none" : Client.header(app.port(), script, "etag");
            String[] requests = {
                request("/small.html", ""),
                script,
                request("/app.js", "Accept-Encoding: gzip\r\n"),
                request("/app.js", "If-None-Match: " + etag + "\r\n"),
                request("/large.bin", "")
            };
            StringBuilder row = new StringBuilder("| ").append(args[0]);
            for (String request : requests) {
                row.append(" | ").append(perHit(app.port(), request, hits));
            }
            System.out.println(row.append(" |"));
        } finally {
            app.stop();
        }
    }

    private static String request(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }

    private static String perHit(int port, String request, int hits) throws IOException {
        try (Client client = new Client(port, request)) {
            for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP_NANOS; ) {
                client.ask(100);
            }
            long before = allocatedByOthers();
            client.ask(hits);
            return String.format(Locale.ROOT, "%,d", (allocatedByOthers() - before) / hits);
        }
    }

    /** Threads that have ended are no longer counted: a server under this little load ends none. */
    private static long allocatedByOthers() {
        long[] ids = Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> id != Thread.currentThread().getId())
                .toArray();
        return Arrays.stream(THREADS.getThreadAllocatedBytes(ids))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** Sends one request again and again and reads each answer to its end. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final byte[] request;
        private final DataInputStream in;
        private final byte[] answer;

        Client(int port, String request) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            this.request = request.getBytes(StandardCharsets.US_ASCII);
            in = new DataInputStream(socket.getInputStream());
            answer = new byte[whole(port, this.request)];
        }

        /** {@return the length of one answer: all of it has come when nothing more does, as Javalin's own have no Content-Length} */
        private static int whole(int port, byte[] request) throws IOException {
            try (Socket once = new Socket(InetAddress.getLoopbackAddress(), port)) {
                once.setSoTimeout(QUIET_MILLIS);
                once.getOutputStream().write(request);
                int length = 0;
                byte[] buffer = new byte[65_536];
                try {
                    for (int read = 0; read >= 0; read = once.getInputStream().read(buffer)) {
                        length += read;
                    }
                } catch (SocketTimeoutException end) {
                    return length;
                }
                throw new IOException("the server closed the connection after " + length + " bytes");
            }
        }

        static String header(int port, String request, String name) throws IOException {
            try (Client client = new Client(port, request)) {
                client.ask(1);
                return new String(client.answer, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the answer has no " + name));
            }
        }

        void ask(int times) throws IOException {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < times; i++) {
                out.write(request);
                in.readFully(answer);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
