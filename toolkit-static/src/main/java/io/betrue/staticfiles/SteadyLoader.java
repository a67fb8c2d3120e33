package io.betrue.staticfiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    Tree load() {
        for (int turn = 1; ; turn++) {
            Snapshot before = places.look(Instant.now());
            read = before;
            rest(before);
            Instant start = Instant.now();
            Outcome outcome = attempt();
            String moved = moved(before, start, places.look(Instant.now()));
            if (moved == null || turn == ATTEMPTS) {
                Loader.Attempt made = outcome.made();
                requireStill(moved);
                loader.keep(made);
                return made.tree();
            }
        }
    }

    private static void requireStill(@Nullable String moved) {
        if (moved != null) {
            throw new StaticFilesException(List.of(new Fault(
                    moved,
                    0,
                    0,
                    "changed each of the " + ATTEMPTS
                            + " times the files were read; write such files beside the root and rename them into it")));
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

    private Outcome attempt() {
        try {
            return new Outcome(loader.attempt(), null);
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    private static @Nullable String moved(Snapshot before, Instant start, Snapshot after) {
        Snapshot.Young young = after.changedSince(start);
        if (young != null) {
            return young.path().toString();
        }
        return before.swappedUntil(after);
    }

    private record Outcome(
            Loader.@Nullable Attempt attempt, @Nullable RuntimeException fault) {
        Loader.Attempt made() {
            if (attempt == null) {
                throw Objects.requireNonNull(fault);
            }
            return attempt;
        }
    }
}
