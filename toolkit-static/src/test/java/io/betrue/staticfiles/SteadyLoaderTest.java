package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyLoaderTest {
    private static final int LINES = 50_000;

    @TempDir
    private Path web;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long slowest;
    private volatile long writingSince;

    /** The writer waits for a whole file now and then, for otherwise there is none to see. */
    @Test
    void neverServesHalfOfAFileThatIsWrittenInPlace() throws Exception {
        Path file = Files.writeString(web.resolve("a.txt"), content(0));
        StaticFiles files = new StaticFiles(settings());
        AtomicReference<@Nullable String> torn = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            String excused = "";
            while (!done.get() && torn.get() == null) {
                reloaded(files);
                String text = text(files);
                if (text.equals(content(number(text))) || text.equals(excused)) {
                    continue;
                }
                if (writerPaused()) {
                    excused = text;
                } else {
                    torn.set(text);
                }
            }
        });
        reader.start();
        try {
            long end = System.nanoTime() + 2_000_000_000L;
            while (System.nanoTime() < end && torn.get() == null) {
                rewrite(file);
                if (turns.get() % 20 == 0) {
                    WaitFor.condition(
                            turns + " is served, or a torn one",
                            () -> number(text(files)) == turns.get() || torn.get() != null);
                }
            }
        } finally {
            done.set(true);
            reader.join();
        }
        assertThat(torn).hasValue(null);
        assertThat(turns).hasValueGreaterThan(40);
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

    private Settings settings() {
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web));
        return config.settings("/");
    }

    private static void reloaded(StaticFiles files) {
        try {
            files.reload();
        } catch (StaticFilesException e) {
            // it is being written: the last good version stays
        }
    }

    private void rewrite(Path file) {
        long start = System.nanoTime();
        writingSince = start;
        byte[] text = content(turns.get() + 1).getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text, 0, text.length / 2));
            channel.write(ByteBuffer.wrap(text, text.length / 2, text.length / 2));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
        writingSince = 0;
        turns.incrementAndGet();
    }

    /** A writer that the system halts in the middle of a file cannot be told from one that has finished. */
    private boolean writerPaused() {
        long begun = writingSince;
        long now = begun == 0 ? 0 : System.nanoTime() - begun;
        boolean paused = Math.max(slowest, now) > Snapshot.TICK.toNanos() / 2;
        slowest = 0;
        return paused;
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
