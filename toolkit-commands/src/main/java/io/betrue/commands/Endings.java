package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long: one thread keeps all deadlines, and others do what is to be done then, which is code of others and may block. Safe for use by multiple threads. */
final class Endings implements AutoCloseable {
    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService threads = Threads.forEndings();

    /** Does something quick at a deadline, at once if this is closed. */
    Future<?> at(Deadline deadline, Runnable quick) {
        try {
            return timer.schedule(quick, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            quick.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Does something in another thread after a pause, unless this is closed by then. */
    Future<?> later(Duration pause, Runnable task) {
        try {
            return timer.schedule(() -> tell(task), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** {@return a token that tells in other threads that it is cancelled} */
    Cancellation token() {
        return new Cancellation(this::tell);
    }

    /** Cancels a token at a deadline. */
    void cancelAt(Deadline deadline, Cancellation token) {
        Future<?> task = at(deadline, () -> token.cancel(StandardError.DEADLINE_EXCEEDED));
        token.onCancel(() -> task.cancel(false));
    }

    /** Does something now, in another thread, as long as there is one. */
    void tell(Runnable ending) {
        try {
            threads.execute(ending);
        } catch (RejectedExecutionException tooManyOrClosed) {
            ending.run();
        }
    }

    /** Forgets what was to be done later, and lets go on what is done now. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
    }
}
