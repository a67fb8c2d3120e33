package io.betrue.commands;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of {@link Commands}: handlers run on virtual ones where the JVM has them. */
final class Threads {
    private static final long IDLE_SECONDS = 30;
    private static final int MOST = 512;
    private static final int ENDINGS = 16;
    private static final int ENDINGS_WAITING = 100_000;

    private Threads() {}

    static ExecutorService forHandlers() {
        ExecutorService virtual = virtual();
        return virtual == null
                ? new ThreadPoolExecutor(
                        0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("command-"))
                : virtual;
    }

    /** For what is told at the end of calls, which is code of others: what is slow there holds up no deadline. */
    static ExecutorService forEndings() {
        ExecutorService virtual = virtual();
        if (virtual != null) {
            return virtual;
        }
        ThreadPoolExecutor few = new ThreadPoolExecutor(
                ENDINGS,
                ENDINGS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(ENDINGS_WAITING),
                daemons("command-endings-"));
        few.allowCoreThreadTimeOut(true);
        return few;
    }

    private static @Nullable ExecutorService virtual() {
        try {
            // since Java 21; this is compiled for 17
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
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
