package io.betrue.process;

import static io.betrue.process.Log.log;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One run of a command: what it has started, and how all of it ends.
 *
 * <p>Parts are started one after the other and stopped in the reverse order, each within its limit, and all of them within {@link #stopWithin}. The run
 * ends when it is told to (a signal, {@link #stop}, the end of the JVM), when a task's method returns, or when anything fails: a start, work in the
 * background, the command itself. The first of these counts.
 *
 * <p>Safe for use by multiple threads. What is started here runs on daemon threads of the run, one for each start, each stop and each work in the
 * background.
 */
public final class Run {
    private static final int LARGEST_STATUS = 255;

    private final Ending ending;
    private final Parts parts;
    private final Time time;
    private final PrintStream out;
    private final PrintStream err;
    private final long began;
    private volatile Duration drainDelay = Duration.ZERO;
    private volatile boolean ready;

    Run(Ending ending, Parts parts, Time time, PrintStream out, PrintStream err) {
        this.ending = ending;
        this.parts = parts;
        this.time = time;
        this.out = out;
        this.err = err;
        this.began = time.nanos();
    }

    /**
     * Starts a part and waits until it is up.
     *
     * @param <T> what the start gives
     * @param name what people know it by, once in a run
     * @param start starts it; on a thread of its own, which is interrupted when the run is told to stop meanwhile
     * @param stop stops it, and returns when it has stopped
     * @return what {@code start} returned
     * @throws ProcessException if the start fails, with its failure as the cause, or takes longer than {@link PartConfig#startWithin}; let it pass, and
     *     the run stops what was started before and ends with 1
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public <T> T start(String name, Callable<? extends T> start, Closer<? super T> stop) {
        return start(name, start, stop, part -> {});
    }

    /**
     * Starts a part that differs from others in its limits or in its place in the order, and waits until it is up.
     *
     * @param <T> what the start gives
     * @param name what people know it by, once in a run
     * @param start starts it
     * @param stop stops it, and returns when it has stopped
     * @param config what is particular about it
     * @return what {@code start} returned
     * @throws ProcessException as {@link #start(String, Callable, Closer)}
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public <T> T start(String name, Callable<? extends T> start, Closer<? super T> stop, Consumer<PartConfig> config) {
        return parts.start(name, start, stop, configured(config));
    }

    /**
     * Starts a part that was made before, and waits until it is up.
     *
     * @param name what people know it by, once in a run
     * @param start starts it
     * @param stop stops it, and returns when it has stopped
     * @throws ProcessException as {@link #start(String, Callable, Closer)}
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public void step(String name, Action start, Action stop) {
        step(name, start, stop, part -> {});
    }

    /**
     * Starts a part that was made before and differs from others in its limits or in its place in the order.
     *
     * @param name what people know it by, once in a run
     * @param start starts it
     * @param stop stops it, and returns when it has stopped
     * @param config what is particular about it
     * @throws ProcessException as {@link #start(String, Callable, Closer)}
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public void step(String name, Action start, Action stop, Consumer<PartConfig> config) {
        parts.start(
                name,
                () -> {
                    start.perform();
                    return name;
                },
                started -> stop.perform(),
                configured(config));
    }

    /**
     * Starts work that goes on until it is stopped, by an interrupt. When it ends before, by itself or by a failure, the run ends with 1.
     *
     * @param name what people know it by, once in a run; also the name of its thread
     * @param work the work
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public void background(String name, Action work) {
        parts.background(name, work, null, configured(part -> {}));
    }

    /**
     * Starts work that goes on until it is stopped. When it ends before, by itself or by a failure, the run ends with 1.
     *
     * @param name what people know it by, once in a run; also the name of its thread
     * @param work the work
     * @param stop asks the work to end; the run waits for that, within the part's limit
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public void background(String name, Action work, Action stop) {
        background(name, work, stop, part -> {});
    }

    /**
     * Starts work that goes on until it is stopped and differs from others in its limits or in its place in the order.
     *
     * @param name what people know it by, once in a run; also the name of its thread
     * @param work the work
     * @param stop asks the work to end; the run waits for that, within the part's limit
     * @param config what is particular about it
     * @throws CancellationException if the run is told to stop; let it pass
     * @throws IllegalArgumentException if the run already has a part of that name
     */
    public void background(String name, Action work, Action stop, Consumer<PartConfig> config) {
        parts.background(name, work, stop, configured(config));
    }

    private static PartConfig configured(Consumer<PartConfig> config) {
        PartConfig part = new PartConfig();
        config.accept(part);
        return part;
    }

    /**
     * Says that all is up, so that {@link #readiness} is {@link Readiness#READY} from now on. A service need not: the return of its method says it. Nothing
     * happens once the run is stopping.
     *
     * @throws IllegalStateException if the drain delay leaves no time to stop
     */
    public void ready() {
        if (drainDelay.compareTo(ending.within()) >= 0) {
            throw new IllegalStateException("the drain delay " + Words.show(drainDelay)
                    + " must be shorter than the time that the whole stop may take, "
                    + Words.show(ending.within()));
        }
        if (!ready && !ending.isRequested()) {
            ready = true;
            log().info("Ready after {}", Words.show(Duration.ofNanos(time.nanos() - began)));
        }
    }

    /** {@return whether the run wants work; {@code run::readiness} is what a health route needs} */
    public Readiness readiness() {
        if (ending.isRequested()) {
            return Readiness.STOPPING;
        }
        return ready ? Readiness.READY : Readiness.STARTING;
    }

    /** {@return whether the run was told to stop or something failed; for a start or work that waits for something} */
    public boolean isStopping() {
        return ending.isRequested();
    }

    /** Tells the run to stop, with exit status 0, and does not wait for it. Nothing happens when it is stopping already. */
    public void stop() {
        ending.request(new Ending.Reason("told to by the application", Program.DONE, null));
    }

    /**
     * Tells the run that a part has failed which has threads of its own: it ends with 1, and does not wait for that.
     *
     * @param what the part
     * @param cause what happened, which is logged
     */
    public void fail(String what, Throwable cause) {
        parts.fail(what, cause);
    }

    /**
     * {@return how long the stop may still take, not negative; {@link #stopWithin} while nobody has told the run to stop} For a part whose own stop
     * takes a limit.
     */
    public Duration timeLeft() {
        return ending.left();
    }

    /**
     * How long the whole stop may take from the moment it is asked for, {@link #drainDelay} included: 20 seconds by default. Then what still runs is
     * left, and the process ends with 1. Choose less than the patience of whoever sends the signal: 30 seconds in Kubernetes, 10 for Docker, 90 for
     * systemd, by default.
     *
     * @param limit more than zero, at most a day
     * @return this
     * @throws IllegalArgumentException if {@code limit} is not in that range
     */
    public Run stopWithin(Duration limit) {
        ending.within(PartConfig.checked("stopWithin", limit));
        return this;
    }

    /**
     * How long a run that was ready goes on as before once it is told to stop, while {@link #readiness} is already {@link Readiness#STOPPING}, so that
     * load balancers can look away: zero by default.
     *
     * @param delay zero or more, and less than {@link #stopWithin}
     * @return this
     * @throws IllegalArgumentException if {@code delay} is negative or above a day
     */
    public Run drainDelay(Duration delay) {
        drainDelay = delay.isZero() ? delay : PartConfig.checked("drainDelay", delay);
        return this;
    }

    /**
     * The exit status of an end in good order, zero unless it is set: for a command that is a program of its own, and has its own meanings.
     *
     * @param status 0 to 255
     * @throws IllegalArgumentException if {@code status} is not in that range
     */
    public void exitCode(int status) {
        if (status < 0 || status > LARGEST_STATUS) {
            throw new IllegalArgumentException("an exit code must be 0..255, was " + status);
        }
        ending.status(status);
    }

    /** {@return where results go, which is the standard output unless the program was told otherwise} */
    public PrintStream out() {
        return out;
    }

    /** {@return where errors go, which is the standard error unless the program was told otherwise} */
    public PrintStream err() {
        return err;
    }

    boolean isReady() {
        return ready;
    }

    Duration drainDelay() {
        return drainDelay;
    }
}
