package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets of a streamed file that is cut while it is sent: a part of it and a closed connection, whoever answers failures. */
class CutFileHttpTest {
    /** More than the buffers of two sockets hold. */
    private static final long SIZE = 64L << 20;

    @TempDir
    private Path web;

    private static Javalin serve(boolean errorsPlugin, Consumer<JavalinConfig> files) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    if (errorsPlugin) {
                        config.registerPlugin(new ErrorsPlugin());
                    }
                    files.accept(config);
                })
                .start(0);
    }

    private static Consumer<MountConfig> entry(boolean front) {
        return front ? MountConfig::inFront : mount -> {};
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void endsTheConnectionAndAddsNothing(boolean front, boolean errorsPlugin) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(web.resolve("zeros.bin").toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Files.writeString(web.resolve("small.txt"), "small");
        Javalin app = serve(
                errorsPlugin,
                config -> config.registerPlugin(new StaticFilesPlugin(
                        files -> files.memoryFileLimit(0).mount("/", StaticRoot.directory(web), entry(front)))));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /zeros.bin HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String head = head(in);
            assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("Content-Length: " + SIZE + "\r\n");
            try (RandomAccessFile file =
                    new RandomAccessFile(web.resolve("zeros.bin").toFile(), "rw")) {
                file.setLength(1 << 20);
            }
            assertThat(zeros(in)).isPositive().isLessThan(SIZE);
            assertThat(Protocols.http1(app.port(), "GET", "/small.txt", List.of())
                            .body())
                    .isEqualTo("small");
        } finally {
            app.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true,  true,  application/problem+json",
        "true,  false, text/html;charset=iso-8859-1",
        "false, true,  application/problem+json",
        "false, false, text/html;charset=iso-8859-1"
    })
    void isAnErrorOnItsOwnAsLongAsNothingWasSent(boolean front, boolean errorsPlugin, String type) {
        MountSettings mount = Sample.mount("/", entry(front));
        Tree tree = new Tree.Builder()
                .add("/cut.txt", cut(mount, 0))
                .add("/half.txt", cut(mount, 500))
                .add("/small.txt", Site.resource(mount, "/small.txt", "small", false, List.of()))
                .build(List.of(mount), new Faults());
        Javalin app = serve(errorsPlugin, config -> Serving.install(config.unsafe, () -> tree));
        try (RawHttp http = new RawHttp(app.port())) {
            for (String path : List.of("/cut.txt", "/half.txt")) {
                http.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
                Answer answer = http.read(false);
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.header("Content-Type")).isEqualTo(type);
                assertThat(answer.header("ETag")).isEqualTo("-");
                assertThat(answer.body()).isNotEmpty().doesNotContain("\0");
            }
            http.send("GET /small.txt HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(http.read(false).body()).isEqualTo("small");
        } finally {
            app.stop();
        }
    }

    /** {@return a file that said it had 1000 bytes and has fewer when it is read} */
    private static Entry.Resource cut(MountSettings mount, int really) {
        Body body = new Body.Streamed(new Cut(new VirtualFile("cut.txt", new byte[really], Site.MODIFIED_AT)));
        List<HttpField> fields =
                List.of(new HttpField(HttpHeader.CONTENT_LENGTH, "1000"), new HttpField(HttpHeader.ETAG, "\"1\""));
        Representation whole = new Representation(null, "\"1\"", body, fields, List.of());
        return new Entry.Resource(mount, "/cut.txt", Site.MODIFIED_AT, whole, List.of());
    }

    private record Cut(VirtualFile rest) implements SourceFile {
        @Override
        public String path() {
            return rest.path();
        }

        @Override
        public long size() {
            return 1000;
        }

        @Override
        public Instant modified() {
            return rest.modified();
        }

        @Override
        public boolean sameAs(SourceFile earlier) {
            return equals(earlier);
        }

        @Override
        public byte[] read() {
            return rest.read();
        }

        @Override
        public ReadableByteChannel open(long position) throws IOException {
            return rest.open(position);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            assertThat(c).as("a byte of the head").isNotNegative();
            head.append((char) c);
        }
        return head.toString();
    }

    /** Reads until the connection ends, and counts: all that comes is the file, and nobody says why it ended. */
    private static long zeros(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] != 0) {
                        throw new AssertionError("not of the file, after " + (count + i) + " bytes: "
                                + new String(buffer, i, Math.min(200, n - i), StandardCharsets.ISO_8859_1));
                    }
                }
                count += n;
            }
        } catch (SocketException e) {
            // a reset is as good an end
            assertThat(e).hasMessageContaining("reset");
        }
        return count;
    }
}
