package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching a real file system, by events and by looking alone. */
class WatchTest {
    @TempDir
    private Path temporary;

    private Path web;

    @BeforeEach
    void makeRoot() throws IOException {
        web = Files.createDirectory(temporary.resolve("web"));
        Files.writeString(web.resolve("a.txt"), "one");
    }

    private @Nullable StaticFiles open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void servesChangedFile() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        Files.writeString(web.resolve("a.txt"), "two");
        waitFor(files, "/a.txt", "two");
    }

    @Test
    void watchesOnAfterAnErrorOfTheMachine() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        VirtualFiles made = StaticRoot.virtual().file("made.txt", () -> {
            if (broken.get()) {
                failures.incrementAndGet();
                throw new OutOfMemoryError("made by a test");
            }
            return new byte[0];
        });
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web))
                .mount("/made", made)
                .watch(watch -> watch.debounce(Duration.ofMillis(1)));
        StaticFiles files = new StaticFiles(config.settings("/"));
        open = files;
        files.start();
        broken.set(true);
        Files.writeString(web.resolve("a.txt"), "two");
        WaitFor.condition("the files were read again", () -> failures.get() > 0);
        broken.set(false);
        Files.writeString(web.resolve("a.txt"), "three");
        waitFor(files, "/a.txt", "three");
    }

    @Test
    void servesChangedFileByLookingAlone() throws Exception {
        StaticFiles files = files(Duration.ofMillis(100));
        try (Watcher watcher = new Watcher(
                new WatchSettings(Duration.ofMillis(1), Duration.ofMillis(100)),
                files.watched(),
                new Deaf(),
                System::nanoTime)) {
            watcher.start();
            Files.writeString(web.resolve("a.txt"), "two");
            waitFor(files, "/a.txt", "two");
            Files.createDirectories(web.resolve("x/y"));
            Files.writeString(web.resolve("x/y/b.txt"), "deep");
            waitFor(files, "/x/y/b.txt", "deep");
            Files.delete(web.resolve("a.txt"));
            waitFor(files, "/a.txt", null);
        }
    }

    @Test
    void servesFilesOfNewDirectories() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        Files.createDirectories(web.resolve("x/y/z"));
        Files.writeString(web.resolve("x/y/z/b.txt"), "deep");
        waitFor(files, "/x/y/z/b.txt", "deep");
        Files.writeString(web.resolve("x/y/z/b.txt"), "deeper");
        waitFor(files, "/x/y/z/b.txt", "deeper");
    }

    @Test
    void servesFileWrittenByRename() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            Path beside = Files.writeString(web.resolve(".a.txt.swp"), "version " + i);
            Files.move(beside, web.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
            waitFor(files, "/a.txt", "version " + i);
        }
    }

    @Test
    void followsRootThatIsDeletedAndMadeAgain() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        Path aside = Files.move(web, temporary.resolve("aside"));
        Files.createDirectory(web);
        Files.writeString(web.resolve("b.txt"), "again");
        waitFor(files, "/b.txt", "again");
        Files.writeString(web.resolve("b.txt"), "and again");
        waitFor(files, "/b.txt", "and again");
        assertThat(aside).exists();
    }

    @Test
    void followsRootThatIsALink() throws Exception {
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.writeString(other.resolve("a.txt"), "other");
        Path link = Files.createSymbolicLink(temporary.resolve("current"), web);
        web = link;
        StaticFiles files = watch(Duration.ofHours(1));
        Path next = Files.createSymbolicLink(temporary.resolve("next"), other);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        waitFor(files, "/a.txt", "other");
        Files.writeString(other.resolve("a.txt"), "later");
        waitFor(files, "/a.txt", "later");
    }

    @Test
    void keepsLastGoodFilesWhileTheRootIsGone() throws Exception {
        StaticFiles files = watch(Duration.ofMillis(100));
        Path aside = Files.move(web, temporary.resolve("aside"));
        assertThat(text(files, "/a.txt")).isEqualTo("one");
        Files.writeString(aside.resolve("a.txt"), "two");
        Files.move(aside, web);
        waitFor(files, "/a.txt", "two");
    }

    @Test
    void servesFilesSwappedTogetherTogether() throws Exception {
        Path data = web.resolve("..data");
        Path first = version(0);
        Files.createSymbolicLink(data, first.getFileName());
        Files.createSymbolicLink(web.resolve("left.txt"), Path.of("..data/left.txt"));
        Files.createSymbolicLink(web.resolve("right.txt"), Path.of("..data/right.txt"));
        for (int i = 0; i < 100; i++) {
            Files.createSymbolicLink(web.resolve("more" + i + ".txt"), Path.of("..data/left.txt"));
        }
        StaticFiles files = watch(Duration.ofHours(1));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger loads = new AtomicInteger();
        AtomicReference<String> mixed = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                files.watched().refresh();
                Tree tree = files.tree();
                String left = text(tree, "/left.txt");
                String right = text(tree, "/right.txt");
                if (!Objects.equals(left, right)) {
                    mixed.set(left + " with " + right);
                }
                loads.incrementAndGet();
            }
        });
        reader.start();
        for (int i = 1; i <= 200; i++) {
            Path link = Files.createSymbolicLink(
                    web.resolve("..data_tmp"), version(i).getFileName());
            int before = loads.get();
            Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
            WaitFor.condition("it was loaded", () -> loads.get() > before);
        }
        waitFor(files, "/left.txt", "version 200");
        waitFor(files, "/right.txt", "version 200");
        done.set(true);
        reader.join();
        assertThat(mixed).hasValue(null);
    }

    @Test
    void looksWhenTheSystemRefusesEvents() throws Exception {
        StaticFiles files = files(Duration.ofMillis(100));
        WatchService service = FileSystems.getDefault().newWatchService();
        List<Places.Place> places = List.of(new Places.Place(web, false));
        try (Logged log = Logged.of(StaticFiles.class);
                Watcher watcher = new Watcher(
                        new WatchSettings(Duration.ofMillis(1), Duration.ofMillis(100)),
                        files.watched(),
                        new NativeEvents(service, places, (path, events) -> {
                            throw new IOException("User limit of inotify watches reached");
                        }),
                        System::nanoTime)) {
            watcher.start();
            Files.writeString(web.resolve("a.txt"), "two");
            waitFor(files, "/a.txt", "two");
            assertThat(log.lines()).filteredOn(line -> line.contains("inotify")).hasSize(1);
        }
    }

    @Test
    void logsABrokenChangeOnceAndItsRecovery() throws Exception {
        StaticFiles files = files(Duration.ofMillis(100));
        try (Logged log = Logged.of(StaticFiles.class)) {
            Path aside = Files.move(web, temporary.resolve("aside"));
            assertThat(files.watched().refresh()).isFalse();
            assertThat(files.watched().refresh()).isFalse();
            assertThat(text(files, "/a.txt")).isEqualTo("one");
            Files.writeString(web, "a file in the place of the directory");
            assertThat(files.watched().refresh()).isFalse();
            Files.delete(web);
            Files.move(aside, web);
            assertThat(files.watched().refresh()).isTrue();
            List<String> lines = warningsAndRecovery(log);
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).startsWith("WARN ").contains("does not exist");
            assertThat(lines.get(1)).startsWith("WARN ").contains("not a directory");
            assertThat(lines.get(2)).isEqualTo("INFO static files can be read again");
        }
    }

    @Test
    void logsTheSameBrokenChangeAgainAfterARecovery() throws Exception {
        StaticFiles files = files(Duration.ofMillis(100));
        try (Logged log = Logged.of(StaticFiles.class)) {
            for (int i = 0; i < 2; i++) {
                Path aside = Files.move(web, temporary.resolve("aside"));
                assertThat(files.watched().refresh()).isFalse();
                Files.move(aside, web);
                assertThat(files.watched().refresh()).isTrue();
                assertThat(files.watched().refresh()).isTrue();
            }
            List<String> lines = warningsAndRecovery(log);
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).startsWith("WARN ").contains("does not exist");
            assertThat(lines.get(1)).isEqualTo("INFO static files can be read again");
            assertThat(lines.subList(2, 4)).isEqualTo(lines.subList(0, 2));
        }
    }

    @Test
    void rebuildsPageWhenAFileItNamesChanges() throws Exception {
        Files.writeString(web.resolve("index.tmpl.html"), "<link href=\"{{ file('a.txt', 'fingerprint') }}\">");
        StaticFiles files = watch(Duration.ofHours(1));
        String before = text(files, "/index.html");
        Files.writeString(web.resolve("a.txt"), "two");
        WaitFor.condition("the page names the new file", () -> !Objects.equals(text(files, "/index.html"), before));
        assertThat(text(files, "/a.txt")).isEqualTo("two");
    }

    @Test
    void tellsListenersWhatChanged() throws Exception {
        Files.writeString(web.resolve("b.txt"), "b");
        Files.writeString(web.resolve("same.txt"), "same");
        StaticFiles files = files(Duration.ofHours(1));
        List<StaticFilesReload> told = new ArrayList<>();
        files.onReload(reload -> {
            throw new IllegalStateException("a listener that fails");
        });
        files.onReload(told::add);
        files.onReload(reload -> assertThat(text(files, "/a.txt")).isEqualTo("two"));
        try (Logged log = Logged.of(StaticFiles.class)) {
            files.reload();
            assertThat(told).isEmpty();
            Files.writeString(web.resolve("a.txt"), "two");
            Files.writeString(web.resolve("c.txt"), "c");
            Files.writeString(web.resolve("same.txt"), "same");
            Files.delete(web.resolve("b.txt"));
            files.reload();
            assertThat(log.lines()).contains("ERROR a listener of a reload of static files failed");
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0).added()).containsExactly("/c.txt");
        assertThat(told.get(0).changed()).containsExactly("/a.txt");
        assertThat(told.get(0).removed()).containsExactly("/b.txt");
        assertThat(told.get(0).total()).isEqualTo(3);
    }

    @Test
    void refusesReloadByAListener() {
        StaticFiles files = files(Duration.ofHours(1));
        List<Throwable> refused = new ArrayList<>();
        files.onReload(reload -> refused.add(catchThrowable(files::reload)));
        assertThatNoException().isThrownBy(() -> {
            Files.writeString(web.resolve("a.txt"), "two");
            files.reload();
        });
        assertThat(refused).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNoThread() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        WaitFor.condition("the thread runs", () -> threads() == 1);
        files.close();
        files.close();
        assertThat(threads()).isZero();
        files.start();
        assertThat(threads()).isZero();
    }

    @Test
    void reloadsByHandAfterClosing() throws Exception {
        StaticFiles files = watch(Duration.ofHours(1));
        files.close();
        Files.writeString(web.resolve("a.txt"), "two");
        files.reload();
        assertThat(text(files, "/a.txt")).isEqualTo("two");
    }

    private static List<String> warningsAndRecovery(Logged log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN ") || line.startsWith("INFO static files can"))
                .toList();
    }

    private Path version(int number) throws IOException {
        Path directory = Files.createDirectory(web.resolve("..v" + number));
        for (String name : List.of("left.txt", "right.txt")) {
            Path file = Files.writeString(directory.resolve(name), "version " + number);
            // Old files are read at once: only the link tells that they do not belong together.
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * number));
        }
        return directory;
    }

    private StaticFiles watch(Duration poll) {
        StaticFiles files = files(poll);
        files.start();
        return files;
    }

    private StaticFiles files(Duration poll) {
        StaticFilesConfig config = new StaticFilesConfig();
        config.mount("/", StaticRoot.directory(web));
        config.watch(watch -> watch.debounce(Duration.ofMillis(1)).poll(poll));
        StaticFiles files = new StaticFiles(config.settings("/"));
        open = files;
        return files;
    }

    private static void waitFor(StaticFiles files, String path, @Nullable String text) throws Exception {
        WaitFor.condition(path + " is " + text, () -> Objects.equals(text(files, path), text));
    }

    private static @Nullable String text(StaticFiles files, String path) {
        return text(files.tree(), path);
    }

    static @Nullable String text(Tree tree, String path) {
        return tree.find(path) instanceof Entry.Resource resource
                        && resource.identity().body() instanceof Body.InMemory body
                ? StandardCharsets.UTF_8.decode(body.bytes().duplicate()).toString()
                : null;
    }

    private static long threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(thread -> thread.getName().equals(Watcher.THREAD))
                .count();
    }
}
