package io.betrue.commands;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of {@link Commands}: handlers run on virtual ones where the JVM has them. */
final class Threads {
    private static final long IDLE_SECONDS = 30;
    private static final int MOST = 512;

    private Threads() {}

    static ExecutorService forHandlers() {
        try {
            // since Java 21; this is compiled for 17
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return new ThreadPoolExecutor(
                    0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("command-"));
        }
    }

    /** One thread that ends what takes too long; its tasks are quick. */
    static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("command-deadlines-"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
