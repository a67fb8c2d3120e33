package io.betrue.staticfiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loads until nothing moved meanwhile: no file half written, no directory or link turned elsewhere, so that files swapped together are served
 * together. Used by one thread at a time.
 */
final class SteadyLoader {
    private static final int ATTEMPTS = 10;

    private final Loader loader;
    private final Places places;
    private volatile Snapshot read = Snapshot.NONE;

    SteadyLoader(Settings settings) {
        loader = new Loader(settings);
        places = Places.of(settings);
    }

    Places places() {
        return places;
    }

    /** {@return what the directories held just before they were read last, with or without success} */
    Snapshot read() {
        return read;
    }

    /**
     * Makes a new tree.
     *
     * @throws StaticFilesException with every fault that was found, or because the files never rest
     */
    Tree load(Tree previous) {
        for (int attempt = 1; ; attempt++) {
            Snapshot before = places.look(Instant.now());
            read = before;
            rest(before);
            Instant start = Instant.now();
            Attempt made = attempt(previous);
            Snapshot after = places.look(Instant.now());
            String moved = moved(before, start, after);
            if (moved == null) {
                return made.tree();
            }
            if (attempt == ATTEMPTS) {
                made.tree();
                throw new StaticFilesException(
                        List.of(
                                new Fault(
                                        moved,
                                        0,
                                        0,
                                        "changed each of the " + ATTEMPTS
                                                + " times the files were read; write such files beside the root and rename them into it")));
            }
        }
    }

    /** Waits until a further change of the youngest file would show in its time. */
    private static void rest(Snapshot before) {
        Snapshot.Young young = before.changedSince(before.taken());
        if (young != null) {
            Duration age = Duration.between(young.modified(), before.taken());
            LockSupport.parkNanos(Snapshot.TICK.minus(age).toNanos());
        }
    }

    private Attempt attempt(Tree previous) {
        try {
            return new Attempt(loader.load(previous), null);
        } catch (RuntimeException e) {
            return new Attempt(previous, e);
        }
    }

    private static @Nullable String moved(Snapshot before, Instant start, Snapshot after) {
        Snapshot.Young young = after.changedSince(start);
        if (young != null) {
            return young.path().toString();
        }
        return before.swappedUntil(after);
    }

    private record Attempt(Tree loaded, @Nullable RuntimeException fault) {
        Tree tree() {
            if (fault != null) {
                throw fault;
            }
            return loaded;
        }
    }
}
