package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileIT {
    private static final long SIZE = (2L << 30) + 3;

    @Test
    void servesTwoGigabytesFromSmallMemory(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("large.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(SIZE - 3);
            sparse.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFileServer.class.getName(),
                        file.toString(),
                        Long.toString(SIZE))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int port = port(out);
            for (String path : List.of("/front", "/pipeline")) {
                Answer end = Protocols.http1(port, "GET", path, List.of("Range: bytes=-5"));
                assertThat(end.body()).isEqualTo("\0\0end");
                assertThat(end.header("Content-Range"))
                        .isEqualTo("bytes " + (SIZE - 5) + "-" + (SIZE - 1) + "/" + SIZE);
                assertThat(count(port, path)).isEqualTo(SIZE);
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static int port(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = out.readLine();
        }
        assertThat(line).as("the server says its port").isNotNull();
        return Integer.parseInt(line.substring("port ".length()));
    }

    /** Reads a whole body, and only counts it. */
    private static long count(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            int ends = 0;
            while (ends < 4) {
                int c = in.read();
                ends = c == '\r' || c == '\n' ? ends + 1 : 0;
            }
            byte[] buffer = new byte[1 << 18];
            long count = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
            return count;
        }
    }
}
