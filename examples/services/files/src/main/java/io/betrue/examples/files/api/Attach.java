package io.betrue.examples.files.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks what files of the caller are.
 *
 * @param fileIds the files, 1 to 100
 */
public record Attach(@Nullable List<UUID> fileIds) {
    /** How many may be asked for at once. */
    public static final int MOST = 100;

    /** Copies the list. */
    public Attach {
        fileIds = fileIds == null ? null : List.copyOf(fileIds);
    }
}
