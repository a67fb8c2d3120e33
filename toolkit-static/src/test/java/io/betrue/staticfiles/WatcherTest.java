package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** When the files are read, on a clock that only moves while the watcher waits. */
class WatcherTest {
    private final World world = new World();
    private final Watcher watcher = new Watcher(
            new WatchSettings(Duration.ofMillis(100), Duration.ofSeconds(2)), world, world, () -> world.now);

    @Test
    void readsOnceWhenItHasBeenQuietForAMoment() throws InterruptedException {
        world.eventsAt(500, 550, 640);
        run(Duration.ofSeconds(1));
        assertThat(world.reads).containsExactly(740L);
    }

    @Test
    void readsEveryTwoSecondsUnderConstantChange() throws InterruptedException {
        for (int at = 10; at < 7_000; at += 10) {
            world.eventsAt(at);
        }
        run(Duration.ofMillis(6_500));
        assertThat(world.reads).startsWith(2_010L, 4_020L, 6_030L);
    }

    @Test
    void readsNothingWhileNothingChanges() throws InterruptedException {
        run(Duration.ofMinutes(10));
        assertThat(world.reads).isEmpty();
        assertThat(world.looks).isBetween(295, 305);
    }

    @Test
    void noticesByLookingWhatNoEventTold() throws InterruptedException {
        run(Duration.ofSeconds(1));
        world.files = 7;
        run(Duration.ofSeconds(10));
        assertThat(world.reads).containsExactly(4_100L);
    }

    @Test
    void looksSeldomWhereLookingIsSlow() throws InterruptedException {
        world.lookTakes = Duration.ofSeconds(1);
        run(Duration.ofMinutes(10));
        assertThat(world.looks).isLessThanOrEqualTo(3 + 600 / 50);
    }

    @Test
    void triesABrokenChangeAgainEverMoreSeldom() throws InterruptedException {
        world.broken = true;
        world.eventsAt(0);
        run(Duration.ofMinutes(10));
        assertThat(world.reads).hasSizeBetween(8, 20);
        world.reads.clear();
        world.broken = false;
        run(Duration.ofMinutes(10));
        assertThat(world.reads).hasSize(1);
    }

    @Test
    void readsABrokenChangeAgainAtTheNextEvent() throws InterruptedException {
        world.broken = true;
        world.eventsAt(0, 1_000);
        run(Duration.ofMillis(1_500));
        assertThat(world.reads).containsExactly(100L, 1_100L);
    }

    @Test
    void followsNewDirectoriesBeforeItReads() throws InterruptedException {
        world.directories = Set.of(Path.of("a"), Path.of("a/b"));
        world.eventsAt(0);
        run(Duration.ofSeconds(1));
        assertThat(world.followedAtRead).containsExactlyInAnyOrder(Path.of("a"), Path.of("a/b"));
    }

    @Test
    void waitsNoLongerWhenItIsClosed() {
        watcher.close();
        watcher.close();
        assertThat(world.closed).isTrue();
    }

    private void run(Duration time) throws InterruptedException {
        long end = world.now + time.toNanos();
        if (world.looks == 0) {
            watcher.begin();
        }
        while (world.now < end) {
            watcher.step();
        }
    }

    private static final class World implements Watcher.Watched, ChangeEvents {
        private final TreeSet<Long> events = new TreeSet<>();
        private final List<Long> reads = new ArrayList<>();
        private Duration lookTakes = Duration.ZERO;
        private Set<Path> directories = Set.of();
        private Set<Path> followed = Set.of();
        private Set<Path> followedAtRead = Set.of();
        private Snapshot read = Snapshot.NONE;
        private long files;
        private long now;
        private int looks;
        private boolean broken;
        private boolean closed;

        void eventsAt(long... millis) {
            for (long at : millis) {
                events.add(Duration.ofMillis(at).toNanos());
            }
        }

        @Override
        public boolean await(Duration longest) {
            long end = now + Math.max(0, longest.toNanos());
            Long next = events.isEmpty() || events.first() > end ? null : events.pollFirst();
            now = next == null ? end : Math.max(now, next);
            return next != null;
        }

        @Override
        public boolean follow(Set<Path> wanted) {
            boolean more = !followed.containsAll(wanted);
            followed = wanted;
            return more;
        }

        @Override
        public Snapshot look() {
            looks++;
            now += lookTakes.toNanos();
            Map<Path, Snapshot.Anchor> anchors = directories.stream()
                    .collect(Collectors.toMap(path -> path, path -> new Snapshot.Anchor(path, null, true)));
            return new Snapshot(Instant.EPOCH, files, anchors, null);
        }

        @Override
        public Snapshot read() {
            return read;
        }

        @Override
        public boolean refresh() {
            followedAtRead = followed;
            reads.add(now / 1_000_000);
            read = look();
            looks--;
            return !broken;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
