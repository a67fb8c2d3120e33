package io.betrue.examples.files;

import io.betrue.examples.files.api.FileInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A place in the list of a user's files, the newest first.
 *
 * @param at when the file before it came
 * @param id the file before it
 */
record Cursor(Instant at, UUID id) {
    private static final UUID LAST = new UUID(-1, -1);

    /** Before all files that there can be. */
    static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), LAST);

    static Cursor behind(FileInfo file) {
        return new Cursor(file.uploadedAt(), file.fileId());
    }

    /** {@return how callers carry it} */
    String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + id;
    }

    /**
     * {@return what a caller brings back}
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    static Cursor parse(String text) {
        int bar = text.indexOf('_');
        if (bar < 0 || bar > 17) {
            throw new IllegalArgumentException("a cursor has a time and an id");
        }
        try {
            Instant at = Instant.EPOCH.plus(Long.parseLong(text.substring(0, bar)), ChronoUnit.MICROS);
            return new Cursor(at, UUID.fromString(text.substring(bar + 1)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("a cursor has a time that there is", e);
        }
    }
}
