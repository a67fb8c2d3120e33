package io.betrue.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The passing of time: all that a run waits for is waited for here, so that a test can hold it still. */
interface Time {
    /** {@return nanoseconds since some moment} */
    long nanos();

    /**
     * Waits for an event, and for no longer than a limit. An interrupt does not end it; it is there again afterwards.
     *
     * @return whether the event has come
     */
    boolean await(CompletableFuture<?> event, Duration limit);

    /** {@return the time of this machine} */
    static Time real() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public boolean await(CompletableFuture<?> event, Duration limit) {
                long deadline = nanos() + limit.toNanos();
                boolean interrupted = false;
                try {
                    while (true) {
                        try {
                            event.get(Math.max(0, deadline - nanos()), TimeUnit.NANOSECONDS);
                            return true;
                        } catch (InterruptedException e) {
                            interrupted = true;
                        } catch (ExecutionException e) {
                            return true;
                        } catch (TimeoutException e) {
                            return false;
                        }
                    }
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
    }
}
