package io.betrue.process;

import static io.betrue.process.Log.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Why a run ends, since when, and with which exit status. The first reason counts. Safe for use by multiple threads. */
final class Ending {
    /**
     * A reason to end.
     *
     * @param why for the log: {@code SIGTERM}, {@code worker failed}
     * @param status the exit status that goes with it
     * @param failure what happened, or null where nothing went wrong
     */
    record Reason(String why, int status, @Nullable Throwable failure) {}

    private static final Duration USUAL = Duration.ofSeconds(20);

    private final Time time;
    private final CompletableFuture<Reason> requested = new CompletableFuture<>();
    private volatile Duration within = USUAL;
    private volatile long since;
    private volatile boolean failed;
    private volatile int wanted;

    Ending(Time time) {
        this.time = time;
    }

    /** Asks for the end. {@return whether nobody had asked before} */
    synchronized boolean request(Reason reason) {
        if (requested.isDone()) {
            return false;
        }
        since = time.nanos();
        return requested.complete(reason);
    }

    /** Says that the end is not in good order, which makes the status 1 where it would have been zero. */
    void failed() {
        failed = true;
    }

    /** Tells of something that went wrong after the end was asked for, which is not what ends the run. */
    void failed(String what, Throwable failure) {
        failed = true;
        log().warn("{}: {}", what, failure.toString(), failure);
    }

    void status(int status) {
        wanted = status;
    }

    int status() {
        int first = requested.isDone() ? requested.join().status() : 0;
        if (first != 0) {
            return first;
        }
        return failed ? Program.FAILED : wanted;
    }

    CompletableFuture<Reason> requested() {
        return requested;
    }

    boolean isRequested() {
        return requested.isDone();
    }

    void within(Duration limit) {
        within = limit;
    }

    Duration within() {
        return within;
    }

    /** {@return how long the end may still take, not negative; all of it while nobody has asked} */
    Duration left() {
        if (!isRequested()) {
            return within;
        }
        Duration left = within.minusNanos(time.nanos() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** {@return that limit, or what is left where this is less} */
    Duration atMost(Duration limit) {
        Duration left = left();
        return limit.compareTo(left) < 0 ? limit : left;
    }
}
