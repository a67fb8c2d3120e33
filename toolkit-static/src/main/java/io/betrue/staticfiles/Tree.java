package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is served at one moment. Immutable: a change makes a new tree, so a reader never sees a mixture. */
final class Tree {
    static final Tree EMPTY = new Builder().build(List.of(), new Faults());

    private final Map<String, Entry> entries;
    private final List<Folded> folded;
    private final Fallbacks fallbacks;

    private Tree(Map<String, Entry> entries, List<Folded> folded, Fallbacks fallbacks) {
        this.entries = entries;
        this.folded = folded;
        this.fallbacks = fallbacks;
    }

    /** {@return what stands at a decoded path, or {@code null}} */
    @Nullable
    Entry find(String path) {
        Entry entry = entries.get(path);
        return entry != null || folded.isEmpty() ? entry : findIgnoringCase(path);
    }

    private @Nullable Entry findIgnoringCase(String path) {
        for (Folded mount : folded) {
            Entry entry = mount.find(path);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** {@return what answers when nothing stands at a path} */
    Fallbacks fallbacks() {
        return fallbacks;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** Collects the entries of a tree. The mounts come one after the other, the longest prefix first: what came first stays. */
    static final class Builder {
        private final Map<String, Entry> entries = new HashMap<>();
        private final List<Folded> folded = new ArrayList<>();
        private final List<Entry.Resource> hiddenByCase = new ArrayList<>();

        /**
         * Puts an entry to a path, unless an entry of an earlier mount, or an earlier entry of the same mount, is found there.
         *
         * @param path the decoded path, with the context path and the prefix
         */
        Builder add(String path, Entry entry) {
            MountSettings mount = entry.mount();
            if (folded.stream().noneMatch(earlier -> !earlier.mount.equals(mount) && earlier.find(path) != null)) {
                entries.putIfAbsent(path, entry);
            }
            if (mount.ignoreCase() && !foldedOf(mount).add(path, entry) && entry instanceof Entry.Resource hidden) {
                hiddenByCase.add(hidden);
            }
            return this;
        }

        private Folded foldedOf(MountSettings mount) {
            if (folded.isEmpty() || !folded.get(folded.size() - 1).mount.equals(mount)) {
                folded.add(new Folded(mount, new HashMap<>()));
            }
            return folded.get(folded.size() - 1);
        }

        /**
         * Makes the tree.
         *
         * @param mounts all mounts, the longest prefix first
         * @param faults takes the fallback files that do not exist, and the files of mounts that ignore case which differ only by case
         */
        Tree build(List<MountSettings> mounts, Faults faults) {
            for (Entry.Resource hidden : hiddenByCase) {
                faults.add(
                        hidden.path().substring(hidden.mount().prefix().length() + 1),
                        "differs only by case from another file of a mount that ignores case; rename one");
            }
            Map<String, Entry> all = Map.copyOf(entries);
            return new Tree(all, List.copyOf(folded), Fallbacks.of(mounts, all, faults));
        }
    }

    /**
     * The entries of a mount that ignores case. Only what comes after the prefix is compared without case: whoever guards {@code /admin/*} in
     * Javalin, which is exact, is not passed by with {@code /ADMIN/}.
     */
    private record Folded(MountSettings mount, Map<String, Entry> below) {
        /** {@return whether the entry can be found: its file is not hidden by another one} */
        boolean add(String path, Entry entry) {
            Entry earlier = below.putIfAbsent(fold(path), entry);
            return !(earlier instanceof Entry.Resource other
                    && entry instanceof Entry.Resource file
                    && !other.path().equals(file.path())
                    && other.path().equalsIgnoreCase(file.path()));
        }

        @Nullable
        Entry find(String path) {
            // what goes on without a slash (/docsimg) is none of the keys
            return path.startsWith(mount.prefix()) ? below.get(fold(path)) : null;
        }

        private String fold(String path) {
            return path.substring(mount.prefix().length()).toLowerCase(Locale.ROOT);
        }
    }
}
