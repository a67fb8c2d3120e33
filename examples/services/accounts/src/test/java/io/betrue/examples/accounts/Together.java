package io.betrue.examples.accounts;

import io.betrue.errors.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same action by many at the same time. */
final class Together {
    private Together() {}

    /** {@return what those got who were not refused} */
    static <T> List<T> of(int threads, Callable<T> action) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<List<T>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        return List.of(action.call());
                    } catch (ProblemException refused) {
                        return List.<T>of();
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<List<T>> future : futures) {
                results.addAll(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
