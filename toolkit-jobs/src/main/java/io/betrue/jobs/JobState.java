package io.betrue.jobs;

/** Where a job stands. */
public enum JobState {
    /** Due, and waiting for a worker. */
    QUEUED(false),
    /** Waiting for its time: asked for later, put off, or between two attempts. */
    DELAYED(false),
    /** With a worker. */
    RUNNING(false),
    /** Done. */
    SUCCEEDED(true),
    /** Given up: attempts used, or failed for good. Can be asked to run again. */
    DEAD(true),
    /** Cancelled before or while it ran. */
    CANCELLED(true);

    private final boolean finished;

    JobState(boolean finished) {
        this.finished = finished;
    }

    /** {@return whether nothing follows of itself} */
    public boolean isFinished() {
        return finished;
    }
}
