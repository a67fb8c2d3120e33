package io.betrue.examples.files.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the caller's files.
 *
 * @param files the newest first
 * @param next the cursor of the page that follows, or null when there is none: the last page has no such member
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FilesPage(List<FileInfo> files, @Nullable String next) {
    /** Copies the list. */
    public FilesPage {
        files = List.copyOf(files);
    }
}
