package io.betrue.staticfiles;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/** Puts the files of all mounts at their paths. */
final class Entries {
    private final Encodings encodings;
    private final Instant now;
    private final Tree.Builder tree = new Tree.Builder();
    private final Map<MountSettings, List<Entry.Resource>> resources = new LinkedHashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    /** For each mount the files with hashed names, by their plain paths. */
    private final Map<MountSettings, Map<String, Entry.Resource>> marked = new HashMap<>();

    /**
     * Starts with nothing.
     *
     * @param now the time of the load; no file is said to be newer
     */
    Entries(Encodings encodings, Instant now) {
        this.encodings = encodings;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Adds the files of a mount. The mounts come one after the other, the longest prefix first: what came first stays. */
    void add(MountFiles mount) {
        List<Asset> assets = mount.assets();
        Entry.Resource[] made = new Entry.Resource[assets.size()];
        HeaderFields fields = new HeaderFields(mount.settings());
        List<Integer> numbers = new ArrayList<>(assets.size());
        for (int i = 0; i < assets.size(); i++) {
            numbers.add(i);
        }
        Parallel.each(numbers, i -> made[i] = resource(mount, assets.get(i), fields));
        for (int i = 0; i < made.length; i++) {
            tree.add(made[i].path(), made[i]);
            String hash = assets.get(i).hash();
            if (!assets.get(i).immutable() && hash != null) {
                versions.putIfAbsent(made[i].path(), hash);
            } else if (hash != null) {
                marked.computeIfAbsent(mount.settings(), key -> new HashMap<>())
                        .put(Fingerprints.plain(assets.get(i).path(), hash), made[i]);
            }
        }
        resources.put(mount.settings(), Arrays.asList(made));
        addDirectories(mount.settings(), made);
    }

    /** Adds the earlier versions of files, after all mounts. */
    KeptVersions keep(KeptVersions before, MemoryPlan memory) {
        KeptVersions kept = before.next(marked, memory);
        kept.resources().forEach(version -> tree.add(version.path(), version));
        return kept;
    }

    private Entry.Resource resource(MountFiles mount, Asset asset, HeaderFields fields) {
        Instant modified = clamp(asset.modified());
        List<Encodings.Encoded> encoded = encodings.encoded(mount, asset);
        List<HttpField> common = fields.common(asset, modified, !encoded.isEmpty());
        Representation identity = fields.representation(common, null, encodings.body(asset), asset.hash());
        return new Entry.Resource(
                mount.settings(),
                mount.settings().prefix() + "/" + asset.path(),
                modified,
                identity,
                encoded.stream()
                        .map(each -> fields.representation(common, each.coding(), each.body(), each.hash()))
                        .toList());
    }

    /** {@return whole seconds between 1970 and the time of the load, as HTTP dates can say them and must not be in the future (RFC 9110, 8.8.2.1)} */
    private Instant clamp(Instant modified) {
        Instant seconds = modified.truncatedTo(ChronoUnit.SECONDS);
        if (seconds.isAfter(now)) {
            return now;
        }
        return seconds.isBefore(Instant.EPOCH) ? Instant.EPOCH : seconds;
    }

    /** A directory is its index file; without its slash it redirects, so that the links of the page are right. */
    private void addDirectories(MountSettings mount, Entry.Resource[] files) {
        for (String index : mount.index()) {
            String end = "/" + index;
            for (Entry.Resource file : files) {
                int place = file.path().length() - end.length();
                if (file.path().regionMatches(mount.ignoreCase(), place, end, 0, end.length())) {
                    addDirectory(file.path().substring(0, place), file);
                }
            }
        }
    }

    private void addDirectory(String directory, Entry.Resource index) {
        String path = directory + "/";
        tree.add(path, new Entry.Resource(index.mount(), path, index.modified(), index.identity(), index.encoded()));
        if (!directory.isEmpty()) {
            tree.add(directory, new Entry.Redirect(index.mount(), Target.encode(path)));
        }
    }

    Tree tree(Settings settings, Faults faults) {
        return tree.build(settings.mounts(), faults);
    }

    /** {@return the files of each mount} */
    Map<MountSettings, List<Entry.Resource>> resources() {
        return resources;
    }

    /** {@return the hash of each file by its whole path} */
    Map<String, String> versions() {
        return Map.copyOf(versions);
    }
}
