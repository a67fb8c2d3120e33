package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls of one command run at once, and how many wait: so that one slow command neither takes the threads of the others nor fills the memory. Safe for use by
 * multiple threads.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Executor executor;
    private final int width;
    private final int length;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this, as is running
    private int running;

    Lane(Executor executor, int width, int length) {
        this.executor = executor;
        this.width = width;
        this.length = length;
    }

    /**
     * Runs a task as soon as there is room.
     *
     * @throws io.betrue.errors.ProblemException UNAVAILABLE if too many wait already
     */
    void submit(Runnable task) {
        synchronized (this) {
            if (running >= width) {
                if (waiting.size() >= length) {
                    throw full();
                }
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            executor.execute(() -> drain(task));
        } catch (RejectedExecutionException e) {
            leave();
            throw full();
        }
    }

    /** One thread goes on with what waits, rather than waking another. */
    private void drain(Runnable first) {
        Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } catch (Throwable e) { // an Error too: it must not take the place of others with it
                log.error("a call failed in a way that nobody foresaw", e);
            }
            task = next();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = waiting.poll();
        if (task == null) {
            running--;
        }
        return task;
    }

    private synchronized void leave() {
        running--;
    }

    private static RuntimeException full() {
        return StandardError.UNAVAILABLE.problem().retryAfter(COME_BACK).toException();
    }
}
