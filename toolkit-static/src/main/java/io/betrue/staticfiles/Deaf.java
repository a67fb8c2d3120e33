package io.betrue.staticfiles;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears nothing: for file systems without events, where looking has to do. */
final class Deaf implements ChangeEvents {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean await(Duration longest) throws InterruptedException {
        closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        return false;
    }

    @Override
    public boolean follow(Set<Path> directories) {
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
