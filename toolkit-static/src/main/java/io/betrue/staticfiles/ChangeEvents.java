package io.betrue.staticfiles;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Tells that something may have changed, as soon as the system says so. Used by one thread, but closed by any. */
interface ChangeEvents extends AutoCloseable {
    /**
     * Waits for a change.
     *
     * @param longest how long to wait; zero or less asks without waiting
     * @return whether something changed; false when the time is over or this is closed
     */
    boolean await(Duration longest) throws InterruptedException;

    /**
     * Listens to these directories and to no others.
     *
     * @return whether one of them was not listened to before, so that it may have changed unheard
     */
    boolean follow(Set<Path> directories);

    /** Ends a wait at once. Closing twice does no harm. */
    @Override
    void close();
}
