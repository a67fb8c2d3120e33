package io.betrue.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt, as it is kept with the job.
 *
 * @param kind what kind of failure, mostly the name of an exception's class; at most 200 characters are kept
 * @param message what it said, at most 2,000 characters are kept
 * @param stack where, or {@code null}; at most 8,000 characters are kept
 */
public record JobError(
        String kind, String message, @Nullable String stack) {
    private static final int KIND = 200;
    private static final int MESSAGE = 2_000;
    private static final int STACK = 8_000;

    /**
     * Cuts what is too long, and drops the characters that PostgreSQL cannot keep.
     *
     * @param kind what kind of failure
     * @param message what it said
     * @param stack where, or {@code null}
     */
    public JobError {
        kind = cut(kind, KIND);
        message = cut(message, MESSAGE);
        stack = stack == null ? null : cut(stack, STACK);
    }

    /**
     * Describes a failure.
     *
     * @param failure what was thrown
     * @return its class, message and stack
     */
    public static JobError of(Throwable failure) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        String message = failure.getMessage();
        return new JobError(failure.getClass().getName(), message == null ? "" : message, stack.toString());
    }

    private static String cut(String text, int longest) {
        String storable = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return storable.length() <= longest ? storable : storable.substring(0, longest - 1) + "…";
    }
}
