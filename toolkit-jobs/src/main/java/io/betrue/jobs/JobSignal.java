package io.betrue.jobs;

import java.util.Objects;

/**
 * Thrown by a handler to end an attempt in a way of its own; made by {@link JobContext#snooze}, {@link JobContext#failForGood}, {@link JobContext#cancel}
 * and {@link JobContext#retryIn}. Has no stack trace.
 */
public final class JobSignal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient JobOutcome outcome;

    JobSignal(JobOutcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** {@return what the handler wants} */
    public JobOutcome outcome() {
        return outcome;
    }
}
