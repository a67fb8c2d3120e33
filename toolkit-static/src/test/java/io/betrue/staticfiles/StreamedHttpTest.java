package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files read while they are sent, when things go wrong. */
class StreamedHttpTest {
    private static final long ENDLESS = 1L << 40;

    /** A file of zeros that counts its open channels and can end too early. */
    private static final class Zeros implements SourceFile {
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger opened = new AtomicInteger();
        private final long really;
        private final boolean gone;

        Zeros(long really, boolean gone) {
            this.really = really;
            this.gone = gone;
        }

        @Override
        public String path() {
            return "zeros.bin";
        }

        @Override
        public long size() {
            return ENDLESS;
        }

        @Override
        public Instant modified() {
            return Site.MODIFIED_AT;
        }

        @Override
        public boolean sameAs(SourceFile earlier) {
            return this == earlier;
        }

        @Override
        public byte[] read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReadableByteChannel open(long position) throws IOException {
            if (gone) {
                throw new IOException("the file has changed");
            }
            open.incrementAndGet();
            opened.incrementAndGet();
            return new ReadableByteChannel() {
                private long left = really - position;
                private boolean closed;

                @Override
                public int read(ByteBuffer into) {
                    int count = (int) Math.min(left, into.remaining());
                    into.position(into.position() + count);
                    left -= count;
                    return count == 0 ? -1 : count;
                }

                @Override
                public boolean isOpen() {
                    return !closed;
                }

                @Override
                public void close() {
                    if (!closed) {
                        closed = true;
                        open.decrementAndGet();
                    }
                }
            };
        }
    }

    private static Javalin serve(boolean front, Zeros file) {
        MountSettings mount = Sample.mount("/", front ? MountConfig::inFront : config -> {});
        List<HttpField> fields = List.of(new HttpField(HttpHeader.CONTENT_LENGTH, Long.toString(file.size())));
        Representation whole = new Representation(null, null, new Body.Streamed(file), fields, List.of());
        Tree tree = new Tree.Builder()
                .add("/zeros.bin", new Entry.Resource(mount, "/zeros.bin", Site.MODIFIED_AT, whole, List.of()))
                .add("/small.txt", Site.resource(mount, "/small.txt", "small", false, List.of()))
                .build(List.of(mount), new Faults());
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    Serving.install(config.unsafe, () -> tree);
                })
                .start(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neitherStalledNorGoneClientsHarmOthers(boolean front) throws Exception {
        Zeros file = new Zeros(ENDLESS, false);
        Javalin app = serve(front, file);
        try {
            RawHttp[] stalled = new RawHttp[20];
            for (int i = 0; i < stalled.length; i++) {
                stalled[i] = new RawHttp(app.port());
                stalled[i].send("GET /zeros.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            WaitFor.condition("every client is being served", () -> file.opened.get() == stalled.length);
            for (int i = 0; i < 20; i++) {
                assertThat(Protocols.http1(app.port(), "GET", "/small.txt", List.of())
                                .body())
                        .isEqualTo("small");
            }
            for (RawHttp client : stalled) {
                client.close();
            }
            WaitFor.condition("every file is closed", () -> file.open.get() == 0);
        } finally {
            app.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatHasChangedIsNotFound(boolean front) throws Exception {
        Javalin app = serve(front, new Zeros(0, true));
        try {
            assertThat(Protocols.http1(app.port(), "GET", "/zeros.bin", List.of())
                            .status())
                    .isEqualTo(404);
        } finally {
            app.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatEndsTooEarlyEndsTheConnection(boolean front) throws Exception {
        Zeros file = new Zeros(1_000_000, false);
        Javalin app = serve(front, file);
        try (RawHttp http = new RawHttp(app.port())) {
            http.send("GET /zeros.bin HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1999999\r\n\r\n");
            assertThatThrownBy(() -> http.read(false)).hasMessageContaining("the body ended after");
            assertThat(file.opened).hasValue(1);
            WaitFor.condition("every file is closed", () -> file.open.get() == 0);
        } finally {
            app.stop();
        }
    }
}
