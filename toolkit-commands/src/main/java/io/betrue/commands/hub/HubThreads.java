package io.betrue.commands.hub;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a hub: one that beats and tidies, and a few that wait for the broadcaster. */
final class HubThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HubThreads.class);
    private static final int WORKERS = 4;
    private static final int WAITING = 20_000;
    private static final int IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor workers;

    HubThreads(String node) {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "hub-" + node + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        timer = new ScheduledThreadPoolExecutor(1, daemons);
        workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), daemons);
        workers.allowCoreThreadTimeOut(true);
    }

    /** {@return what runs tasks that wait for the broadcaster; it refuses more than 20,000} */
    Executor workers() {
        return workers;
    }

    /** Runs a quick task soon, in a thread that holds no lock. */
    void soon(Runnable task) {
        try {
            timer.execute(() -> run(task));
        } catch (RejectedExecutionException closed) {
            log.debug("the hub is closed", closed);
        }
    }

    void everySecond(Runnable task) {
        every(Duration.ofSeconds(1), task);
    }

    void every(Duration interval, Runnable task) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> run(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("a task of the hub failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
