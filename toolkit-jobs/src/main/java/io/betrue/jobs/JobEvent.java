package io.betrue.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is kept with a job: a line of its timeline.
 *
 * @param at when, by the store's clock
 * @param attempt in which attempt, 0 before the first
 * @param kind what
 * @param text a line, or an error's kind and message
 * @param detail a stack trace, or {@code null}
 */
public record JobEvent(
        Instant at,
        int attempt,
        Kind kind,
        String text,
        @Nullable String detail) {
    /** What kinds of lines there are. */
    public enum Kind {
        /** The attempt failed. */
        ERROR,
        /** The worker died; the job went back. */
        RESCUED,
        /** Put off by its handler. */
        SNOOZED,
        /** A line the handler wrote. */
        LOG,
        /** Somebody cancelled, retried or rescheduled it. */
        CONTROL
    }
}
