package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What some directories held at one moment, told by names, sizes and times without reading a file.
 *
 * @param files a sum over the name, size and time of every file
 * @param anchors what the directories and the links led to
 * @param fresh whether a file was so young that its next change may leave its time as it is
 */
record Snapshot(long files, Map<Path, Anchor> anchors, boolean fresh) {
    /** Some file systems count time in steps of two seconds. */
    private static final Duration COARSEST = Duration.ofSeconds(2);

    static final Snapshot NONE = new Snapshot(0, Map.of(), false);

    /**
     * Where a directory or a link leads.
     *
     * @param real the path with all links resolved
     * @param key what the file system calls it, if it has such names
     * @param walked whether it is a directory whose files count
     */
    record Anchor(Path real, @Nullable Object key, boolean walked) {}

    /** A directory that is looked through, with or without its hidden files. */
    record Place(Path directory, boolean hidden) {
        boolean shows(String name) {
            return hidden || !name.startsWith(".") || name.equals(".well-known");
        }
    }

    static Snapshot of(Collection<Place> places, Instant now) {
        Map<Path, Anchor> anchors = new HashMap<>();
        long files = 0;
        boolean fresh = false;
        for (Place place : places) {
            Walk walk = new Walk(place, anchors, now);
            walk.start();
            files += walk.files;
            fresh |= walk.fresh;
        }
        return new Snapshot(files, anchors, fresh);
    }

    boolean sameAs(Snapshot other) {
        return files == other.files && anchors.equals(other.anchors);
    }

    /** {@return whether a directory or link that is in both leads elsewhere now: files read in between may not belong together} */
    boolean swappedUntil(Snapshot later) {
        return anchors.entrySet().stream().anyMatch(entry -> {
            Anchor now = later.anchors.get(entry.getKey());
            return now != null && !now.equals(entry.getValue());
        });
    }

    Set<Path> directories() {
        return anchors.values().stream()
                .filter(Anchor::walked)
                .map(Anchor::real)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What vanishes or cannot be read while it is walked counts as not there: the load that follows says why. */
    private static final class Walk {
        private final Place place;
        private final Map<Path, Anchor> anchors;
        private final Instant now;
        private final Set<Path> seen = new HashSet<>();
        private @Nullable Path top;
        private long files;
        private boolean fresh;

        Walk(Place place, Map<Path, Anchor> anchors, Instant now) {
            this.place = place;
            this.anchors = anchors;
            this.now = now;
        }

        void start() {
            try {
                Path real = place.directory().toRealPath();
                top = real;
                directory(place.directory(), real, Files.readAttributes(real, BasicFileAttributes.class), true);
            } catch (IOException e) {
                files += place.directory().hashCode();
            }
        }

        private void directory(Path path, Path real, BasicFileAttributes attributes, boolean shown) throws IOException {
            boolean walked = shown && attributes.isDirectory() && real.startsWith(Objects.requireNonNull(top));
            anchors.put(path, new Anchor(real, attributes.fileKey(), walked));
            if (!walked || !seen.add(real)) {
                return;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    entry(entry);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }

        private void entry(Path path) {
            boolean shown = place.shows(path.getFileName().toString());
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                boolean link = attributes.isSymbolicLink();
                if (link) {
                    attributes = Files.readAttributes(path, BasicFileAttributes.class);
                }
                if (link || (shown && attributes.isDirectory())) {
                    directory(path, path.toRealPath(), attributes, shown);
                }
                if (shown && attributes.isRegularFile()) {
                    count(path, attributes);
                }
            } catch (IOException e) {
                files += path.hashCode();
            }
        }

        private void count(Path path, BasicFileAttributes attributes) {
            long hash = mixed(path.toString().hashCode(), attributes.size());
            files += mixed(hash, attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
            Instant modified = attributes.lastModifiedTime().toInstant();
            fresh |= Duration.between(modified, now).abs().compareTo(COARSEST) < 0;
        }

        private static long mixed(long hash, long value) {
            long product = (hash ^ value) * 0x9E3779B97F4A7C15L;
            return product ^ (product >>> 32);
        }
    }
}
