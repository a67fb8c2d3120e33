package io.betrue.examples.ledger.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the caller's history.
 *
 * @param entries newest first
 * @param next the cursor of the page that follows, or null when there is none: the last page has no such member
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record History(List<Entry> entries, @Nullable String next) {
    /** Copies the list. */
    public History {
        entries = List.copyOf(entries);
    }
}
