package io.betrue.benchmarks.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests over connections that are kept open, all the same one. */
final class Load {
    private static final int OK = 200;

    private final int port;
    private final byte[] request;
    private final String answer;

    /**
     * @param port of a server on this machine
     * @param request the whole request
     * @param answer what must be in each answer
     */
    Load(int port, byte[] request, String answer) {
        this.port = port;
        this.request = request;
        this.answer = answer;
    }

    /** {@return requests a second, when each connection sends the next as soon as it has its answer} */
    double closed(int connections, double seconds) {
        AtomicBoolean over = new AtomicBoolean();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        List<Long> counts = all(connections, line -> {
            long count = 0;
            while (!over.get() && System.nanoTime() < end) {
                check(line);
                count++;
            }
            over.set(true);
            return count;
        });
        return counts.stream().mapToLong(count -> count).sum() / ((System.nanoTime() - began) / 1e9);
    }

    /** {@return how long each request took from the time it was due, in nanoseconds and sorted, at a fixed rate whatever the answers do} */
    long[] open(int connections, int perSecond, double seconds) {
        int count = (int) (perSecond * seconds);
        long[] took = new long[count];
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        double gap = 1e9 / perSecond;
        all(connections, line -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = began + (long) (i * gap);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                check(line);
                took[i] = System.nanoTime() - due;
            }
            return 0L;
        });
        Arrays.sort(took);
        return took;
    }

    /** {@return a percentile of sorted durations, in milliseconds} */
    static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    private void check(Line line) throws IOException {
        Line.Answer got = line.send(request);
        if (got.status() != OK || !got.body().contains(answer)) {
            throw new IOException("answered " + got.status() + " " + got.body());
        }
    }

    private interface Work {
        long on(Line line) throws IOException;
    }

    private List<Long> all(int connections, Work work) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                futures.add(threads.submit(() -> {
                    try (Line line = new Line(port)) {
                        return work.on(line);
                    }
                }));
            }
            List<Long> results = new ArrayList<>();
            for (Future<Long> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("a request failed: " + e.getCause(), e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
