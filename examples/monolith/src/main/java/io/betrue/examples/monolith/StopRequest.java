package io.betrue.examples.monolith;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody's wish that this process ends. The first one counts; a second one does not wait. */
final class StopRequest {
    /** Exit status when work in flight was cut off. */
    static final int CUT_OFF = 1;

    private static final Logger log = LoggerFactory.getLogger(StopRequest.class);
    private static final int NOT_YET = -1;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger(NOT_YET);
    private final Duration longest;
    private final Runnable atOnce;

    /**
     * Waits for a wish.
     *
     * @param longest how long the end may take from the wish on
     * @param atOnce ends the process when that time is over, or on the second signal
     */
    StopRequest(Duration longest, Runnable atOnce) {
        this.longest = longest;
        this.atOnce = atOnce;
    }

    /** Takes a signal: the first one asks for an orderly end, the next one ends the process. */
    void signal() {
        if (!request(0)) {
            log.warn("Stopping at once: a second signal came");
            atOnce.run();
        }
    }

    /** {@return whether this was the first wish} */
    boolean request(int exitStatus) {
        if (!status.compareAndSet(NOT_YET, exitStatus)) {
            return false;
        }
        Thread deadline = new Thread(this::endLate, "stop-deadline");
        deadline.setDaemon(true);
        deadline.start();
        requested.countDown();
        return true;
    }

    private void endLate() {
        try {
            TimeUnit.MILLISECONDS.sleep(longest.toMillis());
            log.warn("Stopping at once: requests in flight did not finish within {} ms", longest.toMillis());
            atOnce.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the wish and returns the exit status that came with it. */
    int await() throws InterruptedException {
        requested.await();
        return status.get();
    }

    boolean isRequested() {
        return status.get() != NOT_YET;
    }
}
