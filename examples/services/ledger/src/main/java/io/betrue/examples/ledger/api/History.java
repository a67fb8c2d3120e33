package io.betrue.examples.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the caller's history.
 *
 * @param entries newest first
 * @param next the cursor of the page that follows, or null when there is none
 */
public record History(List<Entry> entries, @Nullable String next) {
    /** Copies the list. */
    public History {
        entries = List.copyOf(entries);
    }
}
