package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;

/** Nobody answers, or this user is not let in. */
final class Unreachable extends JobException {
    private static final long serialVersionUID = 1;

    private final boolean mayPass;

    /**
     * Makes the failure.
     *
     * @param mayPass whether it may go away by itself
     */
    Unreachable(String message, Throwable cause, boolean mayPass) {
        super(message, cause);
        this.mayPass = mayPass;
    }

    boolean mayPass() {
        return mayPass;
    }
}
