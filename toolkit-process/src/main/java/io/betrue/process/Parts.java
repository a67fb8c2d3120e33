package io.betrue.process;

import static io.betrue.process.Log.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The parts of one run, in the order of their start. Safe for use by multiple threads. */
final class Parts {
    private final Time time;
    private final Ending ending;
    private final Set<Class<? extends Throwable>> messageOnly;
    private final List<Part> parts = new ArrayList<>(); // guarded by this

    Parts(Time time, Ending ending, Set<Class<? extends Throwable>> messageOnly) {
        this.time = time;
        this.ending = ending;
        this.messageOnly = messageOnly;
    }

    <T> T start(String name, Callable<? extends T> start, Closer<? super T> stop, PartConfig config) {
        Part part = begin(name, config);
        AtomicReference<@Nullable T> started = new AtomicReference<>();
        Task task = Task.start("start " + name, () -> {
            T value = start.call();
            started.set(value);
            if (!part.started(() -> stop.close(value))) {
                log().warn("{} came up after it was left, and is stopped at once", name);
                stop.close(value);
            }
        });
        part.runs(task);
        try {
            part.awaitStart(task);
        } finally {
            if (task.failure() != null) {
                forget(part);
            }
        }
        if (!task.hasEnded()) {
            throw stopping(name);
        }
        return value(name, task, started);
    }

    private <T> T value(String name, Task task, AtomicReference<@Nullable T> started) {
        Throwable failure = task.failure();
        if (failure != null) {
            if (ending.isRequested()) { // one that was told to stop may fail as it likes
                log().debug("{} did not start, as nobody wants it any more", name, failure);
                throw stopping(name);
            }
            throw ProcessException.about(name + " did not start: " + Words.say(failure, messageOnly), failure);
        }
        T value = started.get();
        if (value == null) {
            throw new IllegalStateException("the start of " + name + " returned null");
        }
        return value;
    }

    void background(String name, Action work, @Nullable Action stop, PartConfig config) {
        Part part = begin(name, config);
        Task task = Task.start(name, work, ended -> workEnded(part, ended.failure()));
        part.runs(task);
        boolean wanted = part.started(() -> {
            if (stop == null) {
                task.interrupt();
            } else {
                stop.perform();
            }
            part.waitsForWork();
            task.ended().get();
        });
        if (!wanted) {
            task.interrupt();
        }
    }

    private void workEnded(Part part, @Nullable Throwable failure) {
        if (part.isToldToStop() && (failure == null || failure instanceof InterruptedException)) {
            log().debug("{} has ended", part.name());
        } else if (failure != null) {
            fail(part.name(), failure);
        } else {
            String line = part.name() + " has ended, though nobody told it to";
            ending.request(new Ending.Reason(line, Program.FAILED, ProcessException.about(line, null)));
        }
    }

    /** A part has failed while it ran: this ends the run, or, where it is ending already, spoils its status. */
    void fail(String name, Throwable failure) {
        String line = name + " failed: " + Words.say(failure, messageOnly);
        ProcessException end = ProcessException.about(line, failure);
        if (!ending.request(new Ending.Reason(line, end.exitCode(), end))) {
            ending.failed(name + " failed while the run was stopping", failure);
        }
    }

    private synchronized Part begin(String name, PartConfig config) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a part needs a name, for the log");
        }
        if (ending.isRequested()) {
            throw stopping(name);
        }
        if (parts.stream().anyMatch(part -> part.name().equals(name))) {
            throw new IllegalArgumentException("this run already has a part called " + Words.quote(name));
        }
        Part part = new Part(name, config, time, ending);
        parts.add(part);
        return part;
    }

    private static CancellationException stopping(String name) {
        return new CancellationException(name + " is not started: the run is stopping");
    }

    private synchronized void forget(Part part) {
        parts.remove(part);
    }

    /** {@return all of them in the order in which they are stopped} */
    synchronized List<Part> toStop() {
        List<Part> first = new ArrayList<>();
        List<Part> then = new ArrayList<>();
        for (Part part : parts) {
            (part.isStoppedFirst() ? first : then).add(part);
        }
        Collections.reverse(first);
        Collections.reverse(then);
        first.addAll(then);
        return first;
    }
}
