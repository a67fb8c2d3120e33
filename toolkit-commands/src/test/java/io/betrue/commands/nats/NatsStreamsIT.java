package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Nothing;
import io.betrue.commands.Reply;
import io.betrue.commands.nats.Shop.Text;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams beside calls over a real NATS server. */
class NatsStreamsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final int BIG = 20_000_000;
    private static final byte[] MANY = bytes(BIG);
    private static final CommandType<Nothing, Text> UPLOAD =
            CommandType.of("files/upload", Nothing.class, Text.class).open().takingContent();
    private static final CommandType<Nothing, Text> IGNORE =
            CommandType.of("files/ignore", Nothing.class, Text.class).open().takingContent();
    private static final CommandType<Nothing, Text> STALL =
            CommandType.of("files/stall", Nothing.class, Text.class).open().takingContent();
    private static final CommandType<Nothing, Nothing> DOWNLOAD = CommandType.of(
                    "files/download", Nothing.class, Nothing.class)
            .open()
            .givingContent();
    private static final CommandType<Nothing, Nothing> ECHO = CommandType.of("files/echo", Nothing.class, Nothing.class)
            .open()
            .takingContent()
            .givingContent();

    private final String prefix = NATS.namespace();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CompletableFuture<Throwable> broke = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong given = new AtomicLong();
    private Connection here;
    private Connection there;
    private Commands commands;
    private NatsServer server;
    private NatsClient target;
    private CommandClient client;

    @BeforeEach
    void open() throws Exception {
        here = Nats.connect(NatsCommands.options(NATS.url()).build());
        there = Nats.connect(NatsCommands.options(NATS.url()).build());
        commands = Commands.of(c -> c.handle(UPLOAD, this::upload)
                .handle(IGNORE, (context, nothing) -> new Text("ignored"))
                .handle(STALL, this::stall)
                .answer(
                        DOWNLOAD,
                        (context, nothing) -> Reply.of(Nothing.NOTHING)
                                .content(new Content(counted(MANY), (long) BIG, "image/png", "żółw.png")))
                .answer(
                        ECHO,
                        (context, nothing) ->
                                Reply.of(Nothing.NOTHING).content(Content.of(context.content().stream()))));
        server = NatsCommands.serve(commands, here, c -> c.prefix(prefix).idleLimit(Duration.ofSeconds(5)));
        target = NatsCommands.client(
                there, c -> c.prefix(prefix).idleLimit(Duration.ofSeconds(5)).silenceLimit(Duration.ofSeconds(10)));
        client = CommandClient.of(target).timeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() throws Exception {
        target.close();
        server.close();
        commands.close();
        there.close();
        here.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static Content content(Reply<?> reply) {
        return Objects.requireNonNull(reply.content(), "the reply has no stream");
    }

    private static String sum(InputStream stream) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[50_000];
        long length = 0;
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            sum.update(buffer, 0, n);
            length += n;
        }
        return length + ":" + sum.getValue();
    }

    private static String sum(byte[] bytes) throws IOException {
        return sum(new ByteArrayInputStream(bytes));
    }

    /** Tells how much was read from it, and that it was closed. */
    private InputStream counted(byte[] bytes) {
        return new java.io.FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int n = super.read(into, offset, length);
                given.addAndGet(Math.max(0, n));
                return n;
            }

            @Override
            public void close() throws IOException {
                closed.countDown();
                super.close();
            }
        };
    }

    private Text upload(CommandContext context, Nothing nothing) throws IOException {
        return new Text(
                sum(context.content().stream()) + " " + context.content().mediaType() + " "
                        + context.content().fileName() + " " + context.content().length());
    }

    private Text stall(CommandContext context, Nothing nothing) throws IOException {
        try (InputStream stream = context.content().stream()) {
            stream.readNBytes(10);
            stalled.countDown();
            stream.readAllBytes();
            return new Text("complete");
        } catch (IOException e) {
            broke.complete(e);
            throw e;
        }
    }

    @Test
    void uploads() throws Exception {
        Content content = Content.of(MANY).as("image/png").named("żółw.png");
        assertThat(client.content(content).call(UPLOAD, Nothing.NOTHING).text())
                .isEqualTo(sum(MANY) + " image/png żółw.png " + BIG);
    }

    @Test
    void uploadsWhatHasNoLengthAndNothingAtAll() throws Exception {
        Content content = Content.of(new ByteArrayInputStream(bytes(300_000)));
        assertThat(client.content(content).call(UPLOAD, Nothing.NOTHING).text())
                .isEqualTo(sum(bytes(300_000)) + " application/octet-stream null null");
        assertThat(client.content(Content.of(new byte[0]))
                        .call(UPLOAD, Nothing.NOTHING)
                        .text())
                .startsWith("0:0 ");
    }

    @Test
    void downloads() throws Exception {
        Reply<Nothing> reply = client.exchange(DOWNLOAD, Nothing.NOTHING);
        try (Content content = content(reply)) {
            assertThat(content.mediaType()).isEqualTo("image/png");
            assertThat(content.fileName()).isEqualTo("żółw.png");
            assertThat(content.length()).isEqualTo(BIG);
            assertThat(sum(content.stream())).isEqualTo(sum(MANY));
        }
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void streamsBothWaysAtOnce() throws Exception {
        Reply<Nothing> reply = client.content(Content.of(MANY)).exchange(ECHO, Nothing.NOTHING);
        try (Content content = content(reply)) {
            assertThat(sum(content.stream())).isEqualTo(sum(MANY));
        }
    }

    @Test
    void sendsNoMoreThanTheReaderHasRoomFor() throws Exception {
        Reply<Nothing> reply = client.exchange(DOWNLOAD, Nothing.NOTHING);
        try (Content content = content(reply)) {
            assertThat(given).hasValue(0);
            content.stream().readNBytes(1);
            awaitSteady();
            assertThat(given.get()).isBetween(1L, (long) Limits.WINDOW);
            content.stream().readNBytes(Limits.WINDOW / 2);
            awaitSteady();
            assertThat(given.get()).isBetween((long) Limits.WINDOW, 2L * Limits.WINDOW);
        }
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitSteady() throws InterruptedException {
        long last;
        do {
            last = given.get();
            TimeUnit.MILLISECONDS.sleep(300);
        } while (given.get() != last);
    }

    @Test
    void sendsNothingThatNobodyReads() throws Exception {
        Content content = Content.of(counted(MANY));
        assertThat(client.content(content).call(IGNORE, Nothing.NOTHING)).isEqualTo(new Text("ignored"));
        assertThat(given).hasValue(0);
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // and so it should be
    void breaksOffWhereTheSourceBreaks() {
        InputStream broken = new InputStream() {
            private int left = 200_000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("disk on fire");
                }
                left--;
                return 1;
            }
        };
        assertThatThrownBy(() -> client.content(Content.of(broken)).call(STALL, Nothing.NOTHING))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.CANCELLED));
        assertThat(broke).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void tellsTheHandlerThatTheUploaderIsGone() throws Exception {
        CompletableFuture<?> never = new CompletableFuture<>();
        InputStream endless = new java.io.FilterInputStream(new ByteArrayInputStream(bytes(1_000))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                if (count < 0) {
                    never.join();
                }
                return count;
            }
        };
        var reply = client.content(Content.of(endless)).send(STALL, Nothing.NOTHING);
        assertThat(stalled.await(5, TimeUnit.SECONDS)).isTrue();
        long gone = System.nanoTime();
        there.close();
        assertThat(broke).succeedsWithin(Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(2));
        assertThat(reply.toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
        never.complete(null);
    }

    @Test
    void tellsTheReaderThatTheServiceIsGone() throws Exception {
        Reply<Nothing> reply = client.exchange(DOWNLOAD, Nothing.NOTHING);
        try (Content content = content(reply)) {
            content.stream().readNBytes(1);
            here.close();
            assertThatThrownBy(() -> sum(content.stream())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givesUpAStreamThatStandsStill() throws Exception {
        Reply<Nothing> reply = client.exchange(DOWNLOAD, Nothing.NOTHING);
        try (Content content = content(reply)) {
            content.stream().readNBytes(1);
            assertThat(closed.await(15, TimeUnit.SECONDS)).isTrue(); // the sender waited 5 seconds
            assertThatThrownBy(() -> sum(content.stream())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        for (int i = 0; i < 100; i++) { // more than may be streamed at once
            try (Content content = content(client.exchange(DOWNLOAD, Nothing.NOTHING))) {
                content.stream().readNBytes(1_000);
            }
            client.content(Content.of(bytes(1_000))).call(IGNORE, Nothing.NOTHING);
        }
        assertThat(client.content(Content.of(bytes(10)))
                        .call(UPLOAD, Nothing.NOTHING)
                        .text())
                .startsWith("10:");
    }

    @Test
    void refusesStreamsToCallersThatKnowNothingOfUs() throws Exception {
        var answer = there.request(prefix + ".files.download", new byte[0], Duration.ofSeconds(5));
        assertThat(answer.getHeaders().getFirst("Nats-Service-Error")).startsWith(StandardError.UNIMPLEMENTED.name());
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
