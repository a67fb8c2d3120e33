package io.betrue.staticfiles;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices changes and has the files read again when it has been quiet for a moment. Owns one thread between start and close. */
final class Watcher implements AutoCloseable {
    static final String THREAD = "static-files-watch";

    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    /** Looking takes a fiftieth of the time at most: 2 % of one core. */
    private static final int REST = 50;

    private final WatchSettings settings;
    private final Watched watched;
    private final ChangeEvents events;
    private final LongSupplier nanos;
    private final Duration longest;
    private @Nullable Thread thread;
    private volatile boolean closed;
    private long nextLook;
    private Duration retry = Duration.ZERO;
    private long nextRetry;

    /** What is watched. */
    interface Watched {
        /** {@return what the directories hold now} */
        Snapshot look();

        /** {@return what they held just before they were read last, with or without success} */
        Snapshot read();

        /** {@return whether they could be read again; it never throws} */
        boolean refresh();
    }

    /**
     * Makes a watcher at rest.
     *
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Watcher(WatchSettings settings, Watched watched, ChangeEvents events, LongSupplier nanos) {
        this.settings = settings;
        this.watched = watched;
        this.events = events;
        this.nanos = nanos;
        longest = settings.debounce().compareTo(LONGEST) > 0 ? settings.debounce() : LONGEST;
    }

    synchronized void start() {
        if (thread != null || closed) {
            return;
        }
        Thread started = new Thread(this::run, THREAD);
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    private void run() {
        try {
            begin();
            while (!closed) {
                step();
            }
        } catch (InterruptedException e) {
            LOG.warn("static files are not watched any more: the thread was interrupted");
        } catch (RuntimeException e) {
            LOG.error("static files are not watched any more", e);
        } finally {
            events.close();
        }
    }

    /** Listens, and notices what has changed since the files were read at start. */
    void begin() {
        nextLook = nanos.getAsLong();
        listen();
    }

    /** Waits for the next change, or until it is time to look, and acts on it. */
    void step() throws InterruptedException {
        boolean changed = events.await(untilNextLook());
        if (closed) {
            return;
        }
        if (!changed && nanos.getAsLong() - nextLook >= 0) {
            changed = look();
        }
        if (changed) {
            settle();
            retry = Duration.ZERO;
        }
        if (!closed && (changed || retryIsDue())) {
            listen();
            refresh();
        }
    }

    private Duration untilNextLook() {
        return Duration.ofNanos(nextLook - nanos.getAsLong());
    }

    private boolean look() {
        long start = nanos.getAsLong();
        Snapshot now = watched.look();
        Snapshot read = watched.read();
        long end = nanos.getAsLong();
        nextLook = end + Math.max(settings.poll().toNanos(), REST * (end - start));
        return !now.sameAs(read);
    }

    /** Waits until it is quiet, but not for ever. */
    private void settle() throws InterruptedException {
        long end = nanos.getAsLong() + longest.toNanos();
        Duration quiet;
        do {
            Duration left = Duration.ofNanos(end - nanos.getAsLong());
            quiet = left.compareTo(settings.debounce()) < 0 ? left : settings.debounce();
        } while (!closed && quiet.compareTo(Duration.ZERO) > 0 && events.await(quiet));
    }

    /** Follows all directories there are, before the files are read: what changes afterwards is heard. */
    private void listen() {
        for (int turn = 0; turn < 5; turn++) {
            if (!events.follow(watched.look().directories())) {
                return;
            }
        }
    }

    private void refresh() {
        if (watched.refresh()) {
            retry = Duration.ZERO;
            return;
        }
        Duration next = retry.isZero() ? settings.poll() : retry.multipliedBy(2);
        retry = next.compareTo(SLOWEST_RETRY) > 0 ? SLOWEST_RETRY : next;
        nextRetry = nanos.getAsLong() + retry.toNanos();
    }

    private boolean retryIsDue() {
        return !retry.isZero() && nanos.getAsLong() - nextRetry >= 0;
    }

    /** Stops watching and waits until the thread has ended, unless it is the thread itself that calls. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        events.close();
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
