package io.betrue.commands.nats;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Threads that go on with what depends on a reply: that may wait for another reply, so it must not be the thread that brings them. Safe for use by multiple threads. */
final class Handover implements AutoCloseable {
    private final Executor executor;
    private final @Nullable ExecutorService own;

    Handover(@Nullable Executor given) {
        if (given == null) {
            ExecutorService made = Threads.blocking("command-nats-client-");
            own = made;
            executor = made;
        } else {
            own = null;
            executor = given;
        }
    }

    Executor executor() {
        return executor;
    }

    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Lets what was handed over end. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdown();
        }
    }
}
