package io.betrue.jobs.internal;

import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a handler. Safe for use by multiple threads. */
final class Attempt implements JobContext {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_MESSAGE = 200;

    final QueueRun inQueue;
    final ClaimedJob job;
    final long startedNanos;
    final long deadlineNanos;
    private final JobCodec codec;
    private final Runnable dirty;

    private @Nullable Thread thread; // null before and after the handler runs
    private boolean settled;
    private @Nullable Ending ending;
    private @Nullable String reason;
    private final List<Runnable> onCancel = new ArrayList<>(0);
    private @Nullable Double progress;
    private @Nullable String progressMessage;
    private final List<String> lines = new ArrayList<>(0);
    private int lineCount;
    private @Nullable String result;

    /** Why an attempt should end before its handler is done. */
    enum Ending {
        /** Somebody cancelled the job. */
        CANCELLED,
        /** Its time is over. */
        TIMEOUT,
        /** The worker stops. */
        STOPPED,
        /** Another worker has the job. */
        LOST
    }

    Attempt(QueueRun inQueue, ClaimedJob job, JobCodec codec, long now, Runnable dirty) {
        this.inQueue = inQueue;
        this.job = job;
        this.codec = codec;
        this.startedNanos = now;
        this.deadlineNanos = now + job.timeout().toNanos();
        this.dirty = dirty;
    }

    synchronized void begin() {
        thread = Thread.currentThread();
        if (ending != null) {
            thread.interrupt();
        }
    }

    /** The handler has returned; an interrupt that came for it must not reach the next. */
    synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    /** {@return whether the caller is the one to settle this attempt: the first} */
    synchronized boolean claimSettlement() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    /** Tells the handler to end, once; the first reason counts. */
    void end(Ending why, String text) {
        List<Runnable> actions;
        synchronized (this) {
            if (ending != null) {
                return;
            }
            ending = why;
            reason = text;
            actions = List.copyOf(onCancel);
            if (thread != null) {
                thread.interrupt();
            }
        }
        actions.forEach(this::call);
    }

    private void call(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("onCancel of job {} ({}) failed", job.id(), job.type(), e);
        }
    }

    synchronized @Nullable Ending ending() {
        return ending;
    }

    synchronized JobOutcome.Succeeded success() {
        return new JobOutcome.Succeeded(result);
    }

    /** {@return what was said since the last call, or {@code null} when nothing was} */
    synchronized @Nullable Report takeReport() {
        if (progress == null && lines.isEmpty()) {
            return null;
        }
        Report report = new Report(job, progress, progressMessage, List.copyOf(lines));
        progress = null;
        progressMessage = null;
        lines.clear();
        return report;
    }

    /** Takes back a report that could not be stored, to be tried again; later progress wins. */
    synchronized void giveBack(Report report) {
        if (progress == null) {
            progress = report.progress();
            progressMessage = report.message();
        }
        lines.addAll(0, report.lines());
    }

    @Override
    public long id() {
        return job.id();
    }

    @Override
    public String type() {
        return job.type();
    }

    @Override
    public String queue() {
        return job.queue();
    }

    @Override
    public int attempt() {
        return job.attempt();
    }

    @Override
    public int attempts() {
        return job.attempts();
    }

    @Override
    public Instant enqueuedAt() {
        return job.enqueuedAt();
    }

    @Override
    public List<String> tags() {
        return job.tags();
    }

    @Override
    public long lease() {
        return job.lease();
    }

    @Override
    public synchronized Optional<String> cancellation() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (ending == null) {
                onCancel.add(action);
                return;
            }
        }
        call(action);
    }

    @Override
    public void progress(double fraction, @Nullable String message) {
        synchronized (this) {
            if (settled) {
                return;
            }
            progress = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
            progressMessage = message == null ? null : cut(message, LONGEST_MESSAGE);
        }
        dirty.run();
    }

    @Override
    public void log(String line) {
        synchronized (this) {
            if (settled || lineCount == MOST_LINES) {
                return;
            }
            lineCount++;
            lines.add(cut(line, LONGEST_LINE));
        }
        dirty.run();
    }

    @Override
    public void result(Object value) {
        String json = codec.result(value);
        synchronized (this) {
            result = json;
        }
    }

    long elapsedMillis(long now) {
        return TimeUnit.NANOSECONDS.toMillis(now - startedNanos);
    }

    private static String cut(String text, int longest) {
        String storable = text.replace("\0", "");
        return storable.length() <= longest ? storable : storable.substring(0, longest - 1) + "…";
    }
}
