package io.betrue.staticfiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a running application. Safe for use by multiple threads.
 *
 * <p>Closing stops watching; the files loaded last are served on, and {@link #reload()} still works. Closing twice does no harm.
 */
public final class StaticFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
    private static final int MOST_LISTENERS = 100;

    private final SteadyLoader loader;
    private final ReentrantLock reloading = new ReentrantLock();
    private final List<Consumer<StaticFilesReload>> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable WatchSettings watch;
    private @Nullable Watcher watcher;
    private boolean closed;
    private @Nullable String lastFault;
    private volatile Tree tree;

    StaticFiles(Settings settings) {
        loader = new SteadyLoader(settings);
        tree = loader.load();
        watch = settings.watch();
    }

    Tree tree() {
        return tree;
    }

    /** Starts watching where that is wanted. Starting twice does no harm. */
    synchronized void start() {
        if (watch != null
                && watcher == null
                && !closed
                && !loader.places().all().isEmpty()) {
            watcher = new Watcher(
                    watch, watched(), NativeEvents.of(loader.places().all()), System::nanoTime);
            watcher.start();
        }
    }

    Watcher.Watched watched() {
        return new Self();
    }

    /**
     * Reads all roots again and serves what they hold now. A request sees the files before or after, never a mixture. Calls wait for each other.
     *
     * @throws StaticFilesException if something is wrong with the new files; the old ones are served on
     * @throws IllegalStateException if a listener calls it
     */
    public void reload() {
        if (reloading.isHeldByCurrentThread()) {
            throw new IllegalStateException("a listener of a reload must not reload the files");
        }
        reloading.lock();
        try {
            long start = System.nanoTime();
            Tree before = tree;
            Tree after = loader.load();
            tree = after;
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            tell(StaticFilesReload.between(before, after, took));
        } finally {
            reloading.unlock();
        }
    }

    /**
     * Adds a listener that is told of each reload that changed something, after the new files are served.
     *
     * <p>It runs on the thread that reloads, that of the watcher or the caller of {@link #reload()}, and the next reload waits for it; what it throws is logged.
     *
     * @param listener called once for each such reload, until the application ends
     * @throws IllegalStateException if there are 100 already
     */
    public synchronized void onReload(Consumer<StaticFilesReload> listener) {
        if (listeners.size() == MOST_LISTENERS) {
            throw new IllegalStateException("static files have " + MOST_LISTENERS
                    + " reload listeners, which is the limit; let one listener tell the others");
        }
        listeners.add(Objects.requireNonNull(listener));
    }

    private void tell(StaticFilesReload reload) {
        if (reload.total() == 0) {
            return;
        }
        for (Consumer<StaticFilesReload> listener : listeners) {
            try {
                listener.accept(reload);
            } catch (RuntimeException e) {
                LOG.error("a listener of a reload of static files failed", e);
            }
        }
    }

    /** Reads the files for the watcher: each distinct fault is logged once. */
    private boolean refresh() {
        try {
            reload();
        } catch (StaticFilesException e) {
            if (isNews(e)) {
                LOG.warn("the last good static files are served on: {}", e.getMessage());
            }
            return false;
        } catch (RuntimeException | Error e) {
            // also when memory ends: the next change may be one that fits, so the watcher must live on
            if (isNews(e)) {
                LOG.error("static files could not be read; the last good ones are served on", e);
            }
            return false;
        }
        if (lastFault != null) {
            LOG.info("static files can be read again");
            lastFault = null;
        }
        return true;
    }

    private boolean isNews(Throwable e) {
        String fault = e.toString();
        boolean news = !fault.equals(lastFault);
        lastFault = fault;
        return news;
    }

    @Override
    public void close() {
        Watcher running;
        synchronized (this) {
            closed = true;
            running = watcher;
        }
        if (running != null) {
            running.close();
        }
    }

    private final class Self implements Watcher.Watched {
        @Override
        public Snapshot look() {
            return loader.places().look(Instant.now());
        }

        @Override
        public Snapshot read() {
            return loader.read();
        }

        @Override
        public boolean refresh() {
            return StaticFiles.this.refresh();
        }
    }
}
