package io.betrue.examples.files.api;

import java.util.List;

/**
 * What files are.
 *
 * @param files in the order that was asked for
 */
public record Attached(List<FileInfo> files) {
    /** Copies the list. */
    public Attached {
        files = List.copyOf(files);
    }
}
