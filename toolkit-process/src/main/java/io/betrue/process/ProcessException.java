package io.betrue.process;

import org.jspecify.annotations.Nullable;

/** Ends a run with an exit status, and one line on the standard error that says all that its reader needs. */
public final class ProcessException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LARGEST_STATUS = 255;

    /** The exit status, 1 to 255. */
    private final int exitCode;

    /** Whether the cause is what has to be told about. */
    private final boolean about;

    private ProcessException(int exitCode, String message, @Nullable Throwable cause, boolean about) {
        super(message, cause);
        if (exitCode < 1 || exitCode > LARGEST_STATUS) {
            throw new IllegalArgumentException("the exit code of a failure must be 1..255, was " + exitCode);
        }
        this.exitCode = exitCode;
        this.about = about;
    }

    /**
     * The work cannot be done.
     *
     * @param message one sentence for people: what was refused, where it came from, what would do
     * @param cause what happened underneath, which is logged at DEBUG
     * @return a failure with exit status 1
     */
    public static ProcessException failed(String message, @Nullable Throwable cause) {
        return new ProcessException(Program.FAILED, message, cause, false);
    }

    /**
     * The arguments are wrong.
     *
     * @param message one sentence for people, such as {@code unknown argument "--prot"}; a hint to the command's help follows it
     * @return a failure with exit status 2
     */
    public static ProcessException usage(String message) {
        return new ProcessException(Program.WRONG_ARGUMENTS, message, null, false);
    }

    /**
     * The run ends with a status that means something to whoever called the program.
     *
     * @param exitCode 1 to 255; above 125 shells have meanings of their own
     * @param message one sentence for people
     * @return that failure
     * @throws IllegalArgumentException if {@code exitCode} is not 1 to 255
     */
    public static ProcessException exit(int exitCode, String message) {
        return new ProcessException(exitCode, message, null, false);
    }

    /** The failure of something that has a name: what is known about it is in the cause. */
    static ProcessException about(String message, @Nullable Throwable cause) {
        int status = cause instanceof ProcessException known ? known.exitCode : Program.FAILED;
        return new ProcessException(status, message, cause, true);
    }

    /** {@return the exit status, 1 to 255} */
    public int exitCode() {
        return exitCode;
    }

    /** {@return whether the cause is what has to be told about} */
    boolean isAbout() {
        return about;
    }
}
