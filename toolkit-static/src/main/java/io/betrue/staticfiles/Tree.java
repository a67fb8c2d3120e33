package io.betrue.staticfiles;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is served at one moment. Immutable: a change makes a new tree, so a reader never sees a mixture. */
final class Tree {
    static final Tree EMPTY = new Tree(Map.of());

    private final Map<String, Entry> entries;

    Tree(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** {@return what stands at a decoded path, or {@code null}} */
    @Nullable
    Entry find(String path) {
        return entries.get(path);
    }

    Map<String, Entry> entries() {
        return entries;
    }
}
