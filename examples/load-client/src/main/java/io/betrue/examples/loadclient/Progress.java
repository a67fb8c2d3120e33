package io.betrue.examples.loadclient;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows each second how a run goes: one line that is rewritten on a terminal, a line a second elsewhere. */
final class Progress implements AutoCloseable {
    private final Stats stats;
    private final PrintWriter out;
    private final boolean rewrite;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param rewrite whether the line is written over the one before
     */
    Progress(Stats stats, PrintWriter out, boolean rewrite) {
        this.stats = stats;
        this.out = out;
        this.rewrite = rewrite;
    }

    /** Begins to show. */
    void start() {
        var unused = ticks.scheduleAtFixedRate(this::show, 1, 1, TimeUnit.SECONDS);
    }

    private void show() {
        Stats.Snapshot now = stats.snapshot();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        String line = "%4d s  sent %d  ended %d  not sent %d  unexpected %d  p99 %.1f ms"
                .formatted(seconds, now.sent(), now.ended(), now.notSent(), now.unexpected(), now.p99Millis());
        // the escape clears what a longer line before has left
        out.print(rewrite ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
        out.flush();
    }

    /** Shows nothing more, and leaves the cursor on a fresh line. */
    void end() {
        if (!ticks.isShutdown()) {
            ticks.shutdownNow();
            if (rewrite) {
                out.println();
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
