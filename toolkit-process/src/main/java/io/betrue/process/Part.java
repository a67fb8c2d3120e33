package io.betrue.process;

import static io.betrue.process.Log.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One part of a run, from the moment its start begins. Safe for use by multiple threads. */
final class Part {
    private static final Duration ABORT_WITHIN = Duration.ofSeconds(2);

    private final String name;
    private final PartConfig config;
    private final Time time;
    private final Ending ending;
    private final AtomicBoolean aborted = new AtomicBoolean();
    private @Nullable Action stop; // there from the moment it is up
    private volatile @Nullable Task work; // what else runs for it: its start, or its work in the background
    private boolean left;
    private volatile boolean toldToStop;
    private volatile boolean waitsForWork;

    Part(String name, PartConfig config, Time time, Ending ending) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.ending = ending;
    }

    String name() {
        return name;
    }

    boolean isStoppedFirst() {
        return config.isStoppedFirst();
    }

    void runs(Task task) {
        work = task;
    }

    /** Its stop has been asked for; now its work has to end. */
    void waitsForWork() {
        waitsForWork = true;
    }

    boolean isToldToStop() {
        return toldToStop;
    }

    /**
     * It is up.
     *
     * @return false where nobody waits for it any more, so that it has to be stopped at once
     */
    synchronized boolean started(Action stop) {
        if (left) {
            return false;
        }
        this.stop = stop;
        return true;
    }

    /** Nobody waits any more for its start. {@return false where it is up, or was left before} */
    synchronized boolean leave() {
        if (stop != null || left) {
            return false;
        }
        left = true;
        return true;
    }

    private synchronized @Nullable Action howToStop() {
        return stop;
    }

    /** Waits for the end of its start: until its limit, or, once the run is told to stop, until the limit of its stop. */
    void awaitStart(Task start) {
        if (!time.await(CompletableFuture.anyOf(start.ended(), ending.requested()), config.startWithin())) {
            if (leave()) {
                String late = name + " did not start within " + Words.show(config.startWithin());
                log().warn("{}, and is left; it is at {}", late, start.place());
                start.interrupt();
                throw ProcessException.about(late, null);
            }
        }
        if (start.hasEnded()) {
            return;
        }
        if (config.isInterruptible()) {
            start.interrupt();
        }
        if (!start.isExiting()) {
            time.await(start.ended(), ending.atMost(config.stopWithin()));
        }
    }

    /** Stops it, and waits for that as long as it and the run may take. */
    void stop() {
        toldToStop = true;
        if (leave()) {
            sayThatItIsStillStarting();
        }
        Action action = howToStop();
        if (action == null) {
            leftAtStop();
            return;
        }
        Duration limit = ending.atMost(config.stopWithin());
        if (limit.isZero()) {
            log().warn("{} is not stopped: no time is left", name);
            leftAtStop();
            return;
        }
        long began = time.nanos();
        Task stopping = Task.start("stop " + name, action);
        if (!time.await(stopping.ended(), limit)) {
            log().warn("{} did not stop within {}, and is left; it is at {}", name, Words.show(limit), place(stopping));
            stopping.interrupt();
            leftAtStop();
            return;
        }
        Throwable failure = stopping.failure();
        if (failure == null) {
            log().debug("{} has stopped in {}", name, Words.show(Duration.ofNanos(time.nanos() - began)));
        } else {
            ending.failed(name + " did not stop in good order", failure);
        }
    }

    private void sayThatItIsStillStarting() {
        Task start = work;
        if (start != null && !start.hasEnded() && !start.isExiting()) {
            log().warn("{} is still being started, and is left; it is at {}", name, start.place());
        }
    }

    private void leftAtStop() {
        ending.failed();
        Task running = work;
        if (running != null) {
            running.interrupt();
        }
        Task aborting = Task.start("abort " + name, this::abort);
        time.await(aborting.ended(), ABORT_WITHIN);
    }

    private String place(Task stopping) {
        Task running = work;
        return waitsForWork && running != null ? running.place() : stopping.place();
    }

    /** Does what there is no time to do in good order, once. */
    void abort() {
        if (config.abort().isPresent() && !aborted.getAndSet(true)) {
            try {
                config.abort().get().perform();
            } catch (Exception e) {
                log().warn("{} cannot be aborted: {}", name, e.toString(), e);
            }
        }
    }
}
