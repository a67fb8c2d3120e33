package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The earlier versions of files, found under their hashed names by pages that were fetched before a reload. Immutable.
 *
 * <p>Of each file the last {@link FingerprintSettings#keep} versions stay. Those of a deleted file stay for as many loads that change
 * a file of the mount, the one that found it deleted included. Streamed files have no earlier versions: their bytes are gone.
 *
 * @param histories for each mount the history of each file, by its plain path
 * @param loads how many loads there were
 */
record KeptVersions(Map<MountSettings, Map<String, History>> histories, long loads) {
    static final KeptVersions NONE = new KeptVersions(Map.of(), 0);

    private static final Logger log = LoggerFactory.getLogger(KeptVersions.class);

    /**
     * The versions of a file.
     *
     * @param current the one that is served under the plain name, or {@code null} if the file is deleted
     * @param earlier the ones before, the newest first
     * @param absent how many loads have changed the mount since the file was there
     */
    record History(Entry.@Nullable Resource current, List<Version> earlier, int absent) {
        static final History EMPTY = new History(null, List.of(), 0);

        History next(Entry.@Nullable Resource now, boolean mountChanged, long load, int keep) {
            List<Version> versions = new ArrayList<>();
            if (current != null && current.identity().body() instanceof Body.InMemory) {
                versions.add(new Version(current, load));
            }
            versions.addAll(earlier);
            if (now != null) {
                versions.removeIf(version -> version.resource.path().equals(now.path()));
            }
            int gone = now != null ? 0 : absent + (mountChanged ? 1 : 0);
            return new History(now, List.copyOf(versions.subList(0, Math.min(keep, versions.size()))), gone);
        }

        boolean isOver(int keep) {
            return current == null && (earlier.isEmpty() || absent > keep);
        }

        History without(Set<Version> dropped) {
            return new History(
                    current,
                    earlier.stream()
                            .filter(version -> !dropped.contains(version))
                            .toList(),
                    absent);
        }
    }

    /**
     * An earlier version.
     *
     * @param load the number of the load that replaced it
     */
    record Version(Entry.Resource resource, long load) {
        long bytes() {
            long bytes = resource.identity().body().length();
            for (Representation encoded : resource.encoded()) {
                bytes += encoded.body() instanceof Body.InMemory memory ? memory.length() : 0;
            }
            return bytes;
        }
    }

    /**
     * {@return the versions after a load}
     *
     * @param now for each mount the files that have hashed names, by their plain paths
     * @param memory gives room for them; what does not fit is dropped, the oldest first
     */
    KeptVersions next(Map<MountSettings, Map<String, Entry.Resource>> now, MemoryPlan memory) {
        Map<MountSettings, Map<String, History>> next = new HashMap<>();
        Set<MountSettings> mounts = new HashSet<>(histories.keySet());
        mounts.addAll(now.keySet());
        for (MountSettings mount : mounts) {
            FingerprintSettings settings = mount.fingerprints();
            if (settings != null && settings.keep() > 0) {
                Map<String, History> before = histories.getOrDefault(mount, Map.of());
                next.put(mount, next(before, now.getOrDefault(mount, Map.of()), settings.keep()));
            }
        }
        Set<Version> dropped = dropped(next, memory);
        next.values().forEach(files -> files.replaceAll((path, history) -> history.without(dropped)));
        return new KeptVersions(next, loads + 1);
    }

    private Map<String, History> next(Map<String, History> before, Map<String, Entry.Resource> now, int keep) {
        Set<String> paths = new HashSet<>(before.keySet());
        paths.addAll(now.keySet());
        boolean changed = paths.stream()
                .anyMatch(path -> !same(before.getOrDefault(path, History.EMPTY).current(), now.get(path)));
        Map<String, History> next = new HashMap<>();
        for (String path : paths) {
            History history = before.getOrDefault(path, History.EMPTY).next(now.get(path), changed, loads, keep);
            if (!history.isOver(keep)) {
                next.put(path, history);
            }
        }
        return next;
    }

    private static boolean same(Entry.@Nullable Resource before, Entry.@Nullable Resource now) {
        return before == null ? now == null : now != null && before.path().equals(now.path());
    }

    private static Set<Version> dropped(Map<MountSettings, Map<String, History>> histories, MemoryPlan memory) {
        List<Version> versions = versions(histories);
        // Compared by identity: equality would compare all bytes.
        Set<Version> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = 0;
        for (Version version : versions) {
            if (!dropped.isEmpty() || !memory.keep(version.bytes())) {
                dropped.add(version);
                bytes += version.bytes();
            }
        }
        if (!dropped.isEmpty()) {
            log.warn(
                    "the memory budget has no room for {} of {} earlier versions of files ({}); the oldest are dropped",
                    dropped.size(),
                    versions.size(),
                    HumanSize.of(bytes));
        }
        return dropped;
    }

    private static List<Version> versions(Map<MountSettings, Map<String, History>> histories) {
        Comparator<Version> newestFirst =
                Comparator.comparingLong(Version::load).reversed();
        return histories.values().stream()
                .flatMap(files -> files.values().stream())
                .flatMap(history -> history.earlier().stream())
                .sorted(newestFirst.thenComparing(version -> version.resource().path()))
                .toList();
    }

    /** {@return the earlier versions that are served} */
    List<Entry.Resource> resources() {
        return versions(histories).stream().map(Version::resource).toList();
    }
}
