package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;

/** JetStream understood and said no. */
final class Refused extends JobException {
    private static final long serialVersionUID = 1;
    private static final int NO_MESSAGE = 10_037;
    private static final int NO_SUCH_SEQUENCE = 10_043;
    private static final int NO_MESSAGE_TO_DELETE = 10_057;
    private static final int FULL = 10_077;
    private static final int TOO_LARGE = 10_054;
    private static final int WRONG_LAST_SEQUENCE = 10_071;

    private final int code;
    private final String description;

    Refused(String what, int code, String description) {
        super("NATS refused to " + what + ": " + description + " (" + code + ')');
        this.code = code;
        this.description = description;
    }

    boolean isNoMessage() {
        return code == NO_MESSAGE || code == NO_SUCH_SEQUENCE || code == NO_MESSAGE_TO_DELETE;
    }

    /** {@return whether the one message that the subject takes is there already} */
    boolean isSubjectTaken() {
        return code == FULL && description.contains("per subject");
    }

    /** {@return whether the stream holds as much as it may} */
    boolean isStreamFull() {
        return code == FULL && !description.contains("per subject");
    }

    /** {@return whether the stream takes no messages of this size} */
    boolean isTooLarge() {
        return code == TOO_LARGE;
    }

    boolean isWrongLastSequence() {
        return code == WRONG_LAST_SEQUENCE;
    }
}
