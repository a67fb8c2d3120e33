package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers see while trees are swapped under them. */
class ReloadHttpTest {
    private static final int RELOADS = 40;
    private static final int READERS = 4;

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void neverMixesOldAndNewFiles(@TempDir Path web) throws Exception {
        write(web, 0);
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web));
        try (StaticFiles files = new StaticFiles(config.settings("/"))) {
            run(() -> readPairs(files), () -> reload(web, files));
        }
    }

    private int readPairs(StaticFiles files) {
        int pairs = 0;
        while (!over.get()) {
            Tree tree = files.tree();
            assertThat(text(tree, "/one.txt")).isEqualTo(text(tree, "/two.txt"));
            pairs++;
        }
        return pairs;
    }

    private static String text(Tree tree, String path) {
        Entry.Resource resource = (Entry.Resource) Objects.requireNonNull(tree.find(path));
        Body.InMemory body = (Body.InMemory) resource.identity().body();
        return StandardCharsets.US_ASCII.decode(body.bytes().duplicate()).toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsEachAnswerConsistent(boolean front, @TempDir Path web) throws Exception {
        write(web, 0);
        StaticFilesPlugin plugin = new StaticFilesPlugin(
                s -> s.mount("/", StaticRoot.directory(web), front ? MountConfig::inFront : mount -> {}));
        Javalin app = Javalin.create(config -> config.registerPlugin(plugin)).start(0);
        Map<String, String> bodies = new ConcurrentHashMap<>();
        try {
            run(() -> readAnswers(app.port(), bodies), () -> reload(web, plugin.files()));
        } finally {
            app.stop();
        }
        assertThat(bodies).hasSizeGreaterThan(1);
    }

    private int readAnswers(int port, Map<String, String> bodies) throws IOException {
        int answers = 0;
        try (RawHttp wire = new RawHttp(port)) {
            while (!over.get()) {
                wire.send("GET /one.txt HTTP/1.1\r\nHost: here\r\n\r\n");
                Answer answer = wire.read(false);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(content(answer.body().length()));
                String earlier = bodies.putIfAbsent(answer.header("ETag"), answer.body());
                assertThat(earlier).isIn(null, answer.body());
                answers++;
            }
        }
        return answers;
    }

    private void run(Callable<Integer> reader, Callable<Void> writer) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(READERS);
        List<Future<Integer>> readers = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                readers.add(pool.submit(reader));
            }
            writer.call();
        } finally {
            over.set(true);
            pool.shutdown();
        }
        for (Future<Integer> each : readers) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isPositive();
        }
    }

    private static Void reload(Path web, StaticFiles files) throws IOException {
        for (int version = 1; version <= RELOADS; version++) {
            write(web, version);
            files.reload();
        }
        return null;
    }

    private static void write(Path web, int version) throws IOException {
        String content = content(100 + version);
        Files.writeString(web.resolve("one.txt"), content);
        Files.writeString(web.resolve("two.txt"), content);
    }

    /** Every length has a letter of its own, so that no part of one version passes for a part of the next. */
    private static String content(int length) {
        return String.valueOf((char) ('a' + length % 26)).repeat(length);
    }
}
