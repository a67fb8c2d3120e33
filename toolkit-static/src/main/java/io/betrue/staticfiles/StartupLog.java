package io.betrue.staticfiles;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is served: one line for a mount at start, one line for a reload, one for each file when asked for details. */
final class StartupLog {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);

    private StartupLog() {}

    /**
     * Writes what was loaded.
     *
     * @param last what was loaded before; nothing at start
     */
    static void write(Map<MountSettings, List<Entry.Resource>> mounts, Loaded last, Loaded now, long nanos) {
        long millis = nanos / 1_000_000;
        if (last.equals(Loaded.NOTHING)) {
            mounts.forEach((mount, files) -> LOG.info(
                    "Static files at {} from {}: {}, ready in {} ms",
                    mount.prefix().isEmpty() ? "/" : mount.prefix(),
                    mount.root(),
                    summary(files),
                    millis));
        } else {
            LOG.info("Static files loaded again: {}, ready in {} ms", changes(last.versions(), now.versions()), millis);
        }
        if (LOG.isDebugEnabled()) {
            mounts.values().forEach(files -> files.forEach(file -> LOG.debug("{}", detail(file))));
        }
    }

    /** {@return the numbers of a mount; those that are zero are left out} */
    static String summary(List<Entry.Resource> files) {
        if (files.isEmpty()) {
            return "no files";
        }
        Set<Body> originals =
                Collections.newSetFromMap(new IdentityHashMap<>()); // a fingerprinted name is no further file
        Set<Body> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Body> gzips = Collections.newSetFromMap(new IdentityHashMap<>());
        long streamed = 0;
        long streamedBytes = 0;
        for (Entry.Resource file : files) {
            boolean first = originals.add(file.identity().body());
            if (first && file.identity().body() instanceof Body.Streamed body) {
                streamed++;
                streamedBytes += body.length();
            }
            bodies.add(file.identity().body());
            for (Representation encoded : file.encoded()) {
                bodies.add(encoded.body());
                if ("gzip".equals(encoded.coding())) {
                    gzips.add(encoded.body());
                }
            }
        }
        long memory = inMemory(bodies);
        long gzip = inMemory(gzips);
        return HumanSize.files(originals.size())
                + (memory == 0 ? "" : ", " + HumanSize.of(memory) + " in memory")
                + (gzip == 0 ? "" : " (" + HumanSize.of(gzip) + " of it gzip)")
                + (streamed == 0
                        ? ""
                        : ", " + HumanSize.files(streamed) + " of " + HumanSize.of(streamedBytes) + " streamed");
    }

    private static long inMemory(Set<Body> bodies) {
        return bodies.stream()
                .filter(Body.InMemory.class::isInstance)
                .mapToLong(Body::length)
                .sum();
    }

    /** {@return how many files are new, different and gone} */
    static String changes(Map<String, String> before, Map<String, String> now) {
        long added =
                now.keySet().stream().filter(path -> !before.containsKey(path)).count();
        long removed =
                before.keySet().stream().filter(path -> !now.containsKey(path)).count();
        long changed = now.entrySet().stream()
                .filter(file ->
                        before.containsKey(file.getKey()) && !file.getValue().equals(before.get(file.getKey())))
                .count();
        if (added + removed + changed == 0) {
            return "nothing has changed";
        }
        String all = (added == 0 ? "" : ", " + added + " added")
                + (changed == 0 ? "" : ", " + changed + " changed")
                + (removed == 0 ? "" : ", " + removed + " removed");
        return all.substring(2);
    }

    private static String detail(Entry.Resource file) {
        StringBuilder line = new StringBuilder(file.path())
                .append(": ")
                .append(HumanSize.of(file.identity().body().length()));
        for (Representation encoded : file.encoded()) {
            line.append(", ")
                    .append(encoded.coding())
                    .append(' ')
                    .append(HumanSize.of(encoded.body().length()));
        }
        return line.append(file.identity().body() instanceof Body.Streamed ? ", streamed" : "")
                .toString();
    }
}
