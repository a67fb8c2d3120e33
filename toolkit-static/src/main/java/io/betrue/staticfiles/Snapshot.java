package io.betrue.staticfiles;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What some directories held at one moment, told by names, sizes and times without reading a file.
 *
 * @param taken the moment
 * @param files a sum over the name, size and time of every file
 * @param anchors what the directories and the links led to
 * @param youngest the file that goes to memory and was changed last, or {@code null} if there is none
 */
record Snapshot(
        Instant taken,
        long files,
        Map<Path, Anchor> anchors,
        @Nullable Young youngest) {
    /** Linux counts the times of files in steps of up to 10 ms: in the same step, a change leaves no trace. */
    static final Duration TICK = Duration.ofMillis(20);

    static final Snapshot NONE = new Snapshot(Instant.EPOCH, 0, Map.of(), null);

    /**
     * Where a directory or a link leads.
     *
     * @param real the path with all links resolved
     * @param key what the file system calls it, if it has such names
     * @param walked whether it is a directory whose files count
     */
    record Anchor(Path real, @Nullable Object key, boolean walked) {}

    /** A file and its last change. */
    record Young(Path path, Instant modified) {}

    /** {@return the file that was changed at or after a moment, or so shortly before that a further change would not show; {@code null} if there is none} */
    @Nullable
    Young changedSince(Instant moment) {
        return youngest != null && youngest.modified().isAfter(moment.minus(TICK)) ? youngest : null;
    }

    boolean sameAs(Snapshot other) {
        return files == other.files && anchors.equals(other.anchors);
    }

    /** {@return the directory or link that is in both and leads elsewhere now, so that files read in between may not belong together; {@code null} if there is none} */
    @Nullable
    String swappedUntil(Snapshot later) {
        return anchors.entrySet().stream()
                .filter(entry -> {
                    Anchor now = later.anchors.get(entry.getKey());
                    return now != null && !now.equals(entry.getValue());
                })
                .map(entry -> entry.getKey().toString())
                .findFirst()
                .orElse(null);
    }

    Set<Path> directories() {
        return anchors.values().stream()
                .filter(Anchor::walked)
                .map(Anchor::real)
                .collect(Collectors.toUnmodifiableSet());
    }
}
