package io.betrue.commands.http;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that send streams to clients, which may be slow: virtual ones where the JVM has them, never more than so many at once. */
final class Senders implements Executor, AutoCloseable {
    private final ExecutorService threads = threads();
    private final AtomicInteger busy = new AtomicInteger();
    private final int most;

    Senders(int most) {
        this.most = most;
    }

    private static ExecutorService threads() {
        try {
            // since Java 21; this is compiled for 17
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            AtomicInteger count = new AtomicInteger();
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "command-streams-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /**
     * Runs a task in a thread of its own.
     *
     * @throws RejectedExecutionException if too many run
     */
    @Override
    public void execute(Runnable task) {
        if (busy.incrementAndGet() > most) {
            busy.decrementAndGet();
            throw new RejectedExecutionException("too many streams are being sent");
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    busy.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            busy.decrementAndGet();
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
