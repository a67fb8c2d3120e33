package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directories whose changes change what is served. Immutable, safe for use by multiple threads.
 *
 * @param all the directories
 * @param memoryFileLimit the largest file that goes to memory, in bytes
 */
record Places(List<Place> all, long memoryFileLimit) {
    /** A directory that is looked through, with or without its hidden files. */
    record Place(Path directory, boolean hidden) {
        boolean shows(String name) {
            return hidden || !name.startsWith(".") || name.equals(".well-known");
        }

        Path absolute() {
            return directory.toAbsolutePath().normalize();
        }
    }

    static Places of(Settings settings) {
        return new Places(
                settings.mounts().stream()
                        .flatMap(mount ->
                                mount.root().watched().stream().map(directory -> new Place(directory, mount.hidden())))
                        .distinct()
                        .toList(),
                settings.memoryFileLimit());
    }

    /** Looks through all of them. It never fails: what cannot be seen counts as not there, and the load that follows says why. */
    Snapshot look(Instant now) {
        return look(now, StaticRoot.MOST_FILES);
    }

    /** Looks at so many files and directories of each place at most. */
    Snapshot look(Instant now, int most) {
        Map<Path, Snapshot.Anchor> anchors = new HashMap<>();
        long files = 0;
        Snapshot.Young youngest = null;
        for (Place place : all) {
            Walk walk = new Walk(place, now, most);
            walk.start();
            anchors.putAll(walk.anchors);
            files += walk.files;
            youngest = younger(youngest, walk.youngest);
        }
        return new Snapshot(now, files, anchors, youngest);
    }

    private static Snapshot.@Nullable Young younger(Snapshot.@Nullable Young one, Snapshot.@Nullable Young other) {
        return one == null || (other != null && other.modified().isAfter(one.modified())) ? other : one;
    }

    private final class Walk {
        private final Place place;
        private final int most;
        private final Instant future;
        private final Map<Path, Snapshot.Anchor> anchors = new HashMap<>();
        private final Set<Path> seen = new HashSet<>();
        private @Nullable Path top;
        private long files;
        private int depth;
        private int looked;
        private Snapshot.@Nullable Young youngest;

        Walk(Place place, Instant now, int most) {
            this.place = place;
            this.most = most;
            future = now.plus(Snapshot.TICK);
        }

        void start() {
            try {
                Path real = place.directory().toRealPath();
                top = real;
                anchor(place.directory(), real, Files.readAttributes(real, BasicFileAttributes.class), true);
            } catch (IOException | ClosedFileSystemException e) {
                files += place.directory().hashCode();
            }
        }

        private void anchor(Path path, Path real, BasicFileAttributes attributes, boolean shown) throws IOException {
            boolean inside = attributes.isDirectory() && real.startsWith(Objects.requireNonNull(top));
            boolean walked = shown && inside && depth <= DirectoryScan.DEEPEST;
            anchors.put(path, new Snapshot.Anchor(real, attributes.fileKey(), walked));
            if (!walked || !seen.add(real)) {
                return;
            }
            depth++;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    // a load refuses what is deeper or more than this
                    if (++looked <= most) {
                        entry(entry);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            } finally {
                depth--;
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
                    anchor(path, path.toRealPath(), attributes, shown);
                }
                if (shown && attributes.isRegularFile()) {
                    count(path, attributes);
                }
            } catch (IOException e) {
                files += path.hashCode();
            }
        }

        private void count(Path path, BasicFileAttributes attributes) {
            long hash = mixed(path.hashCode(), attributes.size());
            files += mixed(hash, attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
            Instant modified = attributes.lastModifiedTime().toInstant();
            // A time in the future says nothing about when the file was changed.
            if (attributes.size() <= memoryFileLimit && modified.isBefore(future)) {
                youngest = younger(youngest, new Snapshot.Young(path, modified));
            }
        }

        private static long mixed(long hash, long value) {
            long product = (hash ^ value) * 0x9E3779B97F4A7C15L;
            return product ^ (product >>> 32);
        }
    }
}
