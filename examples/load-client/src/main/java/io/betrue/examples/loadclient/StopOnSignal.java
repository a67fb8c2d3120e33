package io.betrue.examples.loadclient;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end early and in order on Ctrl-C or SIGTERM: the virtual machine waits until {@link #close()}, or until the
 * patience is over.
 */
final class StopOnSignal implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /**
     * @param stop asks the work to end; called on a thread of its own
     * @param patience how long the work may still take then
     */
    StopOnSignal(Runnable stop, Duration patience) {
        hook = new Thread(() -> {
            stop.run();
            await(patience);
        });
    }

    /** From now on signals are waited for. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await(Duration patience) {
        try {
            var unused = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the work has ended. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the virtual machine is ending already, which is what the hook is for
        }
    }
}
