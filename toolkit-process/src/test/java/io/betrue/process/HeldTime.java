package io.betrue.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time that passes only when a test says so. */
final class HeldTime implements Time {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Waiter(long deadline, Duration limit, CompletableFuture<Boolean> alarm) {}

    private final List<Waiter> waiters = new ArrayList<>();
    private final List<Duration> begun = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public boolean await(CompletableFuture<?> event, Duration limit) {
        Waiter waiter;
        synchronized (this) {
            if (event.isDone() || limit.isZero()) {
                return event.isDone();
            }
            waiter = new Waiter(now + limit.toNanos(), limit, new CompletableFuture<>());
            waiters.add(waiter);
            begun.add(limit);
            notifyAll();
        }
        try {
            boolean interrupted = false;
            while (true) {
                try {
                    CompletableFuture.anyOf(event, waiter.alarm()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return event.isDone();
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            throw new AssertionError("nothing ended this wait of " + limit, e);
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
            }
        }
    }

    /** Waits until somebody waits for that long at most. */
    synchronized void awaitWaiter(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (waiters.stream().noneMatch(waiter -> waiter.limit().equals(limit))) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("nobody waits for " + limit + " but " + waiters);
            }
            wait(left);
        }
    }

    /** Waits until somebody has begun to wait for that long for so many times, so that an earlier wait is not taken for a later one. */
    synchronized void awaitWait(int count, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (begun.stream().filter(limit::equals).count() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waits so far: " + begun);
            }
            wait(left);
        }
    }

    synchronized void pass(Duration time) {
        now += time.toNanos();
        waiters.stream()
                .filter(waiter -> waiter.deadline() <= now)
                .forEach(waiter -> waiter.alarm().complete(true));
    }
}
