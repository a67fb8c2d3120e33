package io.betrue.process;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is particular about one part of a run. Mutable, for the call that it is handed to only. */
public final class PartConfig {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Duration startWithin = Duration.ofSeconds(60);
    private Duration stopWithin = Duration.ofSeconds(10);
    private boolean stopsFirst;
    private boolean interruptible = true;
    private @Nullable Action abort;

    PartConfig() {}

    /**
     * How long its start may take, 60 seconds by default. A start that takes longer is interrupted and left, and the run ends with 1; should it come up
     * after all while the process still lives, it is stopped at once.
     *
     * @param limit more than zero, at most a day
     * @return this
     * @throws IllegalArgumentException if {@code limit} is not in that range
     */
    public PartConfig startWithin(Duration limit) {
        startWithin = checked("startWithin", limit);
        return this;
    }

    /**
     * How long its stop may take, 10 seconds by default, and less where the time of the whole run is up before ({@link Run#stopWithin}). A stop that
     * takes longer is interrupted and left, the others still stop, and the exit status is not zero.
     *
     * @param limit more than zero, at most a day
     * @return this
     * @throws IllegalArgumentException if {@code limit} is not in that range
     */
    public PartConfig stopWithin(Duration limit) {
        stopWithin = checked("stopWithin", limit);
        return this;
    }

    /**
     * Has it stopped before the others, although they were started after it: for doors that open before what is behind them, so that health can be asked
     * during a long start. Among several of these the last one started is the first one stopped.
     *
     * @return this
     */
    public PartConfig stopsFirst() {
        stopsFirst = true;
        return this;
    }

    /**
     * Does not interrupt its start when the run is told to stop meanwhile: for code that an interrupt would harm. Such a start should look at
     * {@link Run#isStopping()} where it waits; it has as long to end as its stop has.
     *
     * @return this
     */
    public PartConfig uninterrupted() {
        interruptible = false;
        return this;
    }

    /**
     * What to do where there is no time for a stop: after a second signal, or when the part was left because it did not start or stop in time. For what
     * would outlive the process, such as a child process. It runs at most once, for at most two seconds, perhaps beside a start or stop that hangs.
     *
     * @param abort what to do; quick, and harmless whatever state the part is in
     * @return this
     */
    public PartConfig abort(Action abort) {
        this.abort = abort;
        return this;
    }

    static Duration checked(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " must be more than zero and at most " + LONGEST + ", was " + limit);
        }
        return limit;
    }

    Duration startWithin() {
        return startWithin;
    }

    Duration stopWithin() {
        return stopWithin;
    }

    boolean isStoppedFirst() {
        return stopsFirst;
    }

    boolean isInterruptible() {
        return interruptible;
    }

    Optional<Action> abort() {
        return Optional.ofNullable(abort);
    }
}
