package io.betrue.staticfiles;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of one mount by the paths they are served under. Used by one thread. */
final class AssetPaths {
    private final MountSettings mount;
    private final Settings settings;
    /** In the order of paths, so that nothing depends on the order a root finds its files in. */
    private final Map<String, Draft> drafts = new TreeMap<>();

    AssetPaths(MountSettings mount, Settings settings) {
        this.mount = mount;
        this.settings = settings;
    }

    /** {@return the file that has this path already, or {@code null} if there was none and it is added} */
    @Nullable
    Draft add(Draft draft) {
        return drafts.putIfAbsent(key(draft.path), draft);
    }

    Collection<Draft> all() {
        return drafts.values();
    }

    /** {@return the file at a path below the mount, or {@code null}} */
    @Nullable
    Draft find(String path) {
        return drafts.get(key(path));
    }

    private String key(String path) {
        return mount.ignoreCase() ? path.toLowerCase(Locale.ROOT) : path;
    }

    /** {@return whether a file is served under a hashed name too, once its hash is known} */
    boolean hasMark(Draft draft) {
        return mount.fingerprints() != null && !draft.page && !covered(draft.path);
    }

    /** {@return whether another mount with a longer prefix may serve another file at this path} */
    boolean covered(String path) {
        String full = full(path);
        return settings.mounts().stream()
                .map(MountSettings::prefix)
                .anyMatch(other -> other.length() > mount.prefix().length() && full.startsWith(other + "/"));
    }

    /** {@return the decoded path on the server} */
    String full(String path) {
        return mount.prefix() + "/" + path;
    }

    /** {@return the path below the mount, or {@code null} if this decoded path on the server is outside} */
    @Nullable
    String below(String path) {
        String start = mount.prefix() + "/";
        return path.startsWith(start) ? path.substring(start.length()) : null;
    }

    /** {@return the URL of a file without a version} */
    String plain(Draft target) {
        return Target.encode(full(target.path));
    }

    /** {@return the URL of a settled file with a version; a file whose content was not read has only its time} */
    String versioned(Draft target, FileVersion version) {
        if (version == FileVersion.MODIFIED || target.hash == null) {
            return plain(target) + "?v=" + target.modified.getEpochSecond();
        }
        return hasMark(target)
                ? Target.encode(full(Fingerprints.path(target.path, target.hash)))
                : plain(target) + "?v=" + Fingerprints.shortHash(target.hash);
    }
}
