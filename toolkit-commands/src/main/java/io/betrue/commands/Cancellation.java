package io.betrue.commands;

import io.betrue.errors.StandardError;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the one who works on a call that nobody waits for it any more: the caller went away, or the deadline is reached. Safe for use by multiple threads.
 */
public final class Cancellation {
    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);
    private static final Registration NOTHING_TO_FORGET = () -> {};

    private final Executor threads;
    private final Object lock = new Object();
    private @Nullable Set<Runnable> listeners; // guarded by the lock; most have none
    private volatile @Nullable StandardError reason;

    /** Makes one that is not cancelled, and runs what is registered in the thread of whoever cancels. */
    public Cancellation() {
        this(Runnable::run);
    }

    /** Makes one that is not cancelled, and runs what is registered in a thread of an executor. */
    Cancellation(Executor threads) {
        this.threads = threads;
    }

    /** A listener of its own, even if the same is registered twice. */
    private static final class Once implements Runnable {
        private final Runnable listener;

        Once(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            listener.run();
        }
    }

    /** Ends a registration; closing it twice does no harm. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Cancels because the caller is gone.
     *
     * @return whether this was the first time
     */
    public boolean cancel() {
        return cancel(StandardError.CANCELLED);
    }

    /**
     * Cancels, and runs what was registered: in the thread of whoever cancels, but for what {@link CommandContext#cancellation()} gives, which has threads for that.
     *
     * @param why CANCELLED or DEADLINE_EXCEEDED
     * @return whether this was the first time
     */
    public boolean cancel(StandardError why) {
        Set<Runnable> told; // nobody adds to it any more
        synchronized (lock) {
            if (reason != null) {
                return false;
            }
            reason = why;
            told = listeners == null ? Set.of() : listeners;
            listeners = null;
        }
        if (!told.isEmpty()) {
            threads.execute(() -> told.forEach(Cancellation::run));
        }
        return true;
    }

    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.warn("a listener of a cancelled call failed", e);
        }
    }

    /** {@return whether nobody waits any more} */
    public boolean isCancelled() {
        return reason != null;
    }

    /** {@return why nobody waits any more, or null if somebody does} */
    public @Nullable StandardError reason() {
        return reason;
    }

    /**
     * Registers what is to be done when nobody waits any more: closing a socket, say. It is done at once if that is so already, else as {@link #cancel(StandardError)} says, so it
     * must be quick.
     *
     * @param listener what to do, once
     * @return ends the registration
     */
    public Registration onCancel(Runnable listener) {
        Runnable own = new Once(listener);
        synchronized (lock) {
            if (reason == null) {
                if (listeners == null) {
                    listeners = new LinkedHashSet<>();
                }
                listeners.add(own);
                return () -> forget(own);
            }
        }
        run(own);
        return NOTHING_TO_FORGET;
    }

    private void forget(Runnable own) {
        synchronized (lock) {
            if (listeners != null) {
                listeners.remove(own);
            }
        }
    }
}
