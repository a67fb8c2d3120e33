package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyLoaderTest {
    private static final int LINES = 50_000;
    /** A writer that the system halts in the middle of a file cannot be told from one that has finished. */
    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    @TempDir
    private Path web;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long slowest;

    /** The writer writes without a break, and rests now and then until its last version is served. */
    @Test
    void neverServesHalfOfAFileThatIsWrittenInPlace() throws Exception {
        Path file = Files.writeString(web.resolve("a.txt"), content(0));
        try (StaticFiles files = new StaticFiles(watching())) {
            files.start();
            AtomicReference<@Nullable String> torn = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                while (!done.get() && torn.get() == null) {
                    String text = text(files);
                    int turn = turns.get();
                    if (!text.equals(content(number(text)))) {
                        // how long this turn took is known when it is over
                        while (turns.get() == turn && !done.get()) {
                            Thread.onSpinWait();
                        }
                        torn.set(slowest < PAUSE ? text : null);
                    }
                }
            });
            reader.start();
            try {
                for (int burst = 0; burst < 5; burst++) {
                    for (int turn = 0; turn < 100; turn++) {
                        rewrite(file);
                    }
                    WaitFor.condition(turns + " is served", () -> number(text(files)) == turns.get());
                }
            } finally {
                done.set(true);
                reader.join();
            }
            assertThat(torn).hasValue(null);
        }
    }

    @Test
    void readsAgainWhatChangedAfterItWasFound() throws IOException {
        Path file = Files.writeString(web.resolve("log.txt"), "x");
        AtomicInteger looks = new AtomicInteger();
        VirtualFiles writer = StaticRoot.virtual().file("writer.txt", () -> {
            if (looks.incrementAndGet() == 2) {
                rewrite(file);
            }
            return new byte[0];
        });
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/d", StaticRoot.directory(web)).mount("/", writer);
        StaticFiles files = new StaticFiles(config.settings("/"));
        files.reload();
        assertThat(text(files, "/d/log.txt")).isEqualTo(content(1));
        assertThat(looks).hasValueGreaterThan(2);
    }

    @Test
    void saysWhichFileNeverRests() throws IOException {
        Path file = Files.writeString(web.resolve("log.txt"), "x");
        AtomicBoolean writes = new AtomicBoolean();
        VirtualFiles writer = StaticRoot.virtual().file("writer.txt", () -> {
            if (writes.get()) {
                rewrite(file);
            }
            return new byte[0];
        });
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web)).mount("/v", writer);
        StaticFiles files = new StaticFiles(config.settings("/"));
        writes.set(true);
        assertThatThrownBy(files::reload)
                .isInstanceOf(StaticFilesException.class)
                .hasMessageContaining("log.txt  changed each of the 10 times the files were read");
        assertThat(text(files, "/log.txt")).isEqualTo("x");
        writes.set(false);
        files.reload();
        assertThat(text(files, "/log.txt")).isEqualTo(content(turns.get()));
    }

    @Test
    void readsFileWhoseTimeLiesInTheFuture() throws IOException {
        Path file = Files.writeString(web.resolve("a.txt"), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        assertThat(text(new StaticFiles(settings()), "/a.txt")).isEqualTo("x");
    }

    @Test
    void saysThatTheFileSystemIsClosed() throws IOException {
        Path zip = web.resolve("site.zip");
        try (FileSystem made = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(made.getPath("/a.txt"), "x");
        }
        StaticFilesConfig config = new StaticFilesConfig();
        StaticFiles files;
        try (FileSystem open = FileSystems.newFileSystem(zip)) {
            config.mount("/", StaticRoot.directory(open.getPath("/")));
            files = new StaticFiles(config.settings("/"));
        }
        assertThatThrownBy(files::reload)
                .isInstanceOf(StaticFilesException.class)
                .hasMessageContaining("the file system of / is closed");
    }

    @Test
    void looksNoDeeperThanFilesAreServed() throws IOException {
        Files.createDirectories(web.resolve("a/".repeat(200)));
        Snapshot seen = Places.of(settings()).look(Instant.now());
        assertThat(seen.directories()).hasSizeBetween(64, 66);
    }

    @Test
    void looksAtNoMoreFilesThanARootMayHold() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.createDirectory(web.resolve("d" + i));
        }
        Places places = Places.of(settings());
        assertThat(places.look(Instant.now(), 3).directories())
                .as("the root and three in it")
                .hasSize(4);
        assertThat(places.look(Instant.now(), 5).directories()).hasSize(6);
        Files.writeString(web.resolve("d0/a.txt"), "x");
        assertThat(places.look(Instant.now(), 6).youngest()).isNotNull();
        assertThat(places.look(Instant.now(), 0).youngest()).isNull();
    }

    private Settings watching() {
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web)).watch();
        return config.settings("/");
    }

    private Settings settings() {
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web));
        return config.settings("/");
    }

    private void rewrite(Path file) {
        long start = System.nanoTime();
        byte[] text = content(turns.get() + 1).getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text, 0, text.length / 2));
            channel.write(ByteBuffer.wrap(text, text.length / 2, text.length / 2));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
        turns.incrementAndGet();
    }

    /** All versions have the same size. */
    private static String content(int number) {
        return String.format("%08d%n", number).repeat(LINES);
    }

    private static int number(String text) {
        return text.length() < 8 ? -1 : Integer.parseInt(text.substring(0, 8));
    }

    private static String text(StaticFiles files) {
        return String.valueOf(text(files, "/a.txt"));
    }

    private static @Nullable String text(StaticFiles files, String path) {
        return WatchTest.text(files.tree(), path);
    }
}
