package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the work of a load on all processors, with threads that end with it. */
final class Parallel {
    /** More threads than this do not make a disk faster. */
    private static final int MOST = 16;

    private Parallel() {}

    /**
     * Handles every item once, the first ones first. Returns when all is done; after a failure the remaining items are left out.
     *
     * @param work called by several threads; what it throws is thrown to the caller
     */
    static <T> void each(List<T> items, Consumer<T> work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            try {
                for (int i = next.getAndIncrement();
                        i < items.size() && failure.get() == null;
                        i = next.getAndIncrement()) {
                    work.accept(items.get(i));
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        int threads = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MOST), items.size());
        for (int i = 1; i < threads; i++) {
            Thread helper = new Thread(worker, "static-files-load-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        worker.run();
        helpers.forEach(Parallel::join);
        rethrow(failure.get());
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // the work is finite; whoever interrupts finds the flag set when it is done
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
