package io.betrue.staticfiles;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reload changed, as the decoded paths of URLs in their order: {@code /docs/a b.html}, also {@code /docs/} where it has an index page.
 *
 * <p>Each list names at most {@value #LISTED} paths; {@code total} counts all.
 *
 * @param added paths that were not served before
 * @param changed paths that answer with other bytes now
 * @param removed paths that are not served any more
 * @param total how many paths were added, changed or removed altogether
 * @param took the time from the start of the reload until the new files were served
 */
public record StaticFilesReload(
        List<String> added, List<String> changed, List<String> removed, int total, Duration took) {
    /** How many paths each list names at most. */
    public static final int LISTED = 1_000;

    /**
     * Copies the lists.
     *
     * @param added paths that were not served before
     * @param changed paths that answer with other bytes now
     * @param removed paths that are not served any more
     * @param total how many paths there are altogether
     * @param took the time of the reload
     */
    public StaticFilesReload {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    static StaticFilesReload between(Tree before, Tree after, Duration took) {
        Map<String, Entry> old = new TreeMap<>(before.entries());
        Lists lists = new Lists();
        new TreeMap<>(after.entries()).forEach((path, entry) -> {
            Entry was = old.remove(path);
            if (was == null) {
                lists.put(lists.added, path, entry);
            } else if (!version(was).equals(version(entry))) {
                lists.put(lists.changed, path, entry);
            }
        });
        old.forEach((path, entry) -> lists.put(lists.removed, path, entry));
        return new StaticFilesReload(lists.added, lists.changed, lists.removed, lists.total, took);
    }

    private static String version(Entry entry) {
        if (!(entry instanceof Entry.Resource resource)) {
            return "";
        }
        String etag = resource.identity().etag();
        return etag != null
                ? etag
                : resource.modified() + "/" + resource.identity().body().length();
    }

    private static final class Lists {
        private final List<String> added = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private int total;

        void put(List<String> list, String path, Entry entry) {
            if (!(entry instanceof Entry.Resource)) {
                return; // redirects come and go with the files of their directory
            }
            total++;
            if (list.size() < LISTED) {
                list.add(path);
            }
        }
    }
}
