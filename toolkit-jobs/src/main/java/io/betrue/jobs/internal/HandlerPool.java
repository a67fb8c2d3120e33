package io.betrue.jobs.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handlers run: an executor of the caller's, which is left open, or our own. */
final class HandlerPool implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final Executor executor;
    private final Runnable onClose;

    private HandlerPool(Executor executor, Runnable onClose) {
        this.executor = executor;
        this.onClose = onClose;
    }

    static HandlerPool of(Executor executor) {
        return new HandlerPool(executor, () -> {});
    }

    static HandlerPool own() {
        ExecutorService own = virtualOrPlatform();
        return new HandlerPool(own, own::shutdown);
    }

    private static ExecutorService virtualOrPlatform() {
        try {
            // since Java 21; this is compiled for 17
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            // the queues count how many run; a thread that is about to be idle must not make the next be refused
            return new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named());
        }
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "job-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
